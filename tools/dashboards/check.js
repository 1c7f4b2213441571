// Type-checks the dashboards in helm/cooper/monitoring/dashboards: each becomes a literal of the type in model.ts.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const here = dirname(fileURLToPath(import.meta.url));
const folder = process.argv[2] ?? join(here, '../../helm/cooper/monitoring/dashboards');
const options = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: [],
};

const literals = new Map(readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => [
    join(here, `${name}.ts`),
    // On one line with its type before it, so that a position in the JSON keeps its line.
    `import type { CooperDashboard } from './model'; export const dashboard: CooperDashboard = ${readFileSync(join(folder, name), 'utf8')};`,
  ]));
if (literals.size === 0) {
  console.error(`no dashboards in ${folder}`);
  process.exit(2);
}

const host = ts.createCompilerHost(options);
const { getSourceFile, fileExists, readFile } = host;
host.fileExists = (name) => literals.has(name) || fileExists.call(host, name);
host.readFile = (name) => literals.get(name) ?? readFile.call(host, name);
host.getSourceFile = (name, version, ...rest) => literals.has(name)
  ? ts.createSourceFile(name, literals.get(name), version, true)
  : getSourceFile.call(host, name, version, ...rest);

const problems = ts.getPreEmitDiagnostics(ts.createProgram([...literals.keys()], options, host));
if (problems.length > 0) {
  console.error(ts.formatDiagnostics(problems, {
    getCurrentDirectory: () => here,
    getCanonicalFileName: (name) => name.replace(/\.json\.ts$/, '.json'),
    getNewLine: () => '\n',
  }));
  process.exit(1);
}
console.log(`${literals.size} dashboards are what Grafana's schema says`);
