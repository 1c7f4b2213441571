// What a dashboard's JSON must be, made of the types that Grafana publishes.
import type { Dashboard, Panel, RowPanel, VariableModel } from '@grafana/schema';
import type { Options as BarGauge } from '@grafana/schema/dist/esm/raw/composable/bargauge/panelcfg/x/BarGaugePanelCfg_types.gen';
import type { Options as Heatmap } from '@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen';
import type { Options as StateTimeline, FieldConfig as StateTimelineField } from '@grafana/schema/dist/esm/raw/composable/statetimeline/panelcfg/x/StateTimelinePanelCfg_types.gen';
import type { Options as Stat } from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type { Options as TimeSeries, FieldConfig as TimeSeriesField } from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';
import type { Dataquery } from '@grafana/grafana-foundation-sdk/prometheus';

// JSON holds the text of an enum's value, and no undefined.
type Json<T> = T extends string ? `${T}`
  : T extends (infer U)[] ? Json<U>[]
  : T extends object ? { [K in keyof T]: Json<T[K]> }
  : T;

// The two packages write the type of a query's data source differently; the marks are of the builders, not of the JSON.
type Query = Omit<Dataquery, '_implementsDataqueryVariant' | 'datasource'> & { datasource: { type: 'prometheus'; uid: string } };

type Field<T> = { defaults: Omit<NonNullable<Panel['fieldConfig']>['defaults'], 'custom'> & { custom?: Partial<T> } } & Pick<NonNullable<Panel['fieldConfig']>, 'overrides'>;

type Of<Type extends string, Options, Custom> = Omit<Panel, 'type' | 'options' | 'targets' | 'fieldConfig'> & {
  type: Type;
  options: Options;
  targets: Query[];
  fieldConfig: Field<Custom>;
};

type Ours =
  | Of<'timeseries', TimeSeries, TimeSeriesField>
  | Of<'stat', Stat, Record<string, never>>
  | Of<'bargauge', BarGauge, Record<string, never>>
  | Of<'heatmap', Heatmap, Record<string, never>>
  | Of<'state-timeline', StateTimeline, StateTimelineField>
  | (Omit<RowPanel, 'panels'> & { panels: [] });

type Annotation = NonNullable<NonNullable<Dashboard['annotations']>['list']>[number]
  // What the data source adds to the schema's annotation.
  & { expr: string; titleFormat: string; textFormat: string; step: string };

export type CooperDashboard = Json<Omit<Dashboard, 'panels' | 'templating' | 'annotations'> & {
  panels: Ours[];
  templating: { list: VariableModel[] };
  annotations: { list: Annotation[] };
}>;
