package dev.cooper.languagemodel.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.languagemodel.InvalidModelException;
import dev.cooper.languagemodel.TestingModels;
import dev.cooper.languagemodel.tokenizer.Tokenizer;
import dev.cooper.languagemodel.tokens.TokenIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatTemplateTest {
    private static final Path FILE = Path.of("chat_template.jinja");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-07T21:04:05Z"), ZoneOffset.UTC);
    private static final ChatMessage HELLO = ChatMessage.user("Hello");

    /** Turns between marks, a system prompt by default, as Qwen2.5's template writes them. */
    private static final String MARKS = """
            {%- if messages[0]['role'] == 'system' %}
                {{- '<|im_start|>system\\n' + messages[0]['content'] + '<|im_end|>\\n' }}
            {%- else %}
                {{- '<|im_start|>system\\nBe helpful.<|im_end|>\\n' }}
            {%- endif %}
            {%- for message in messages %}
                {%- if (message.role == "user") or (message.role == "system" and not loop.first) or (message.role == "assistant" and not message.tool_calls) %}
                    {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}
                {%- elif message.role == "tool" %}
                    {{- raise_exception('no tools') }}
                {%- endif %}
            {%- endfor %}
            {%- if add_generation_prompt %}
                {{- '<|im_start|>assistant\\n' }}
            {%- endif %}
            """;

    /** A date, a trimmed system prompt and headers, as Llama 3.2's template writes them. */
    private static final String HEADERS = """
            {{- bos_token }}
            {%- if not date_string is defined %}
                {%- if strftime_now is defined %}
                    {%- set date_string = strftime_now("%d %b %Y") %}
                {%- else %}
                    {%- set date_string = "26 Jul 2024" %}
                {%- endif %}
            {%- endif %}
            {#- This block takes the system message out. #}
            {%- if messages[0]['role'] == 'system' %}
                {%- set system_message = messages[0]['content']|trim %}
                {%- set messages = messages[1:] %}
            {%- else %}
                {%- set system_message = "" %}
            {%- endif %}
            {{- "<|start_header_id|>system<|end_header_id|>\\n\\n" }}
            {%- if tools is not none %}
                {{- "Environment: ipython\\n" }}
            {%- endif %}
            {{- "Today Date: " + date_string + "\\n\\n" }}
            {{- system_message }}
            {{- "<|eot_id|>" }}
            {%- for message in messages %}
                {%- if not (message.role == 'ipython' or message.role == 'tool' or 'tool_calls' in message) %}
                    {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n'+ message['content'] | trim + '<|eot_id|>' }}
                {%- elif 'tool_calls' in message %}
                    {%- if not message.tool_calls|length == 1 %}
                        {{- raise_exception("This model only supports single tool-calls at once!") }}
                    {%- endif %}
                {%- endif %}
            {%- endfor %}
            {%- if add_generation_prompt %}
                {{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}
            {%- endif %}
            """;

    @TempDir
    private Path folder;

    @Test
    void turnsStandBetweenMarks() {
        List<ChatMessage> turns = List.of(HELLO, ChatMessage.assistant("Hi"), ChatMessage.user("Bye"));
        assertThat(template(MARKS).render(turns, true)).isEqualTo("""
                <|im_start|>system
                Be helpful.<|im_end|>
                <|im_start|>user
                Hello<|im_end|>
                <|im_start|>assistant
                Hi<|im_end|>
                <|im_start|>user
                Bye<|im_end|>
                <|im_start|>assistant
                """);
        assertThat(template(MARKS).render(List.of(ChatMessage.system("Be brief."), HELLO), false))
                .isEqualTo("""
                        <|im_start|>system
                        Be brief.<|im_end|>
                        <|im_start|>user
                        Hello<|im_end|>
                        """);
    }

    @Test
    void turnsStandBehindHeadersWithTheClocksDate() {
        List<ChatMessage> turns = List.of(ChatMessage.system("  Be brief. \n"), ChatMessage.user(" Hello\u00A0 "));
        assertThat(template(HEADERS).render(turns, true))
                .isEqualTo(
                        "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nToday Date: 07 Mar 2026\n\nBe brief.<|eot_id|>"
                                + "<|start_header_id|>user<|end_header_id|>\n\nHello<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n");
        assertThat(template(HEADERS).render(List.of(HELLO), false, Map.of("date_string", "1 Apr 2027")))
                .contains("Today Date: 1 Apr 2027\n\n<|eot_id|>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ 7 * 7 }}",
                "{% if true %}yes{% endif %}",
                "{# gone? #}",
                "{{ '{{' }} }} %} {%- -%} #}",
                "\\n \\u0041 \\'",
                "'quoted' \"twice\"",
                "{% raw %}{{ messages }}{% endraw %}",
                "$\\frac{{a}}{{b}}$ {{{x}}}",
                "<b>&amp;</b>"
            })
    void whatAUserSaysIsNeverInterpreted(String content) {
        assertThat(template(MARKS).render(List.of(ChatMessage.user(content)), false))
                .endsWith("<|im_start|>user\n" + content + "<|im_end|>\n");
        assertThat(template(HEADERS).render(List.of(ChatMessage.system(content), HELLO), false))
                .contains("2026\n\n" + content + "<|eot_id|>");
    }

    @Test
    void whitespaceIsTakenAwayAsJinjaDoesWithTrimmedBlocks() {
        String source =
                "a\n  {% if true %}  \n b {{ 1 }} \n\t{%- if true -%}\n  c\n{% endif %}\n  {# note #}\nd\n   {%+ endif %}\n\ne\n\n";
        assertThat(render(source)).isEqualTo("a\n  \n b 1c\nd\n   \ne\n");
        assertThat(render("{% if true +%}\nx{%- endif %}")).isEqualTo("\nx");
        assertThat(render("a\r\n{{ 1 }}\rb\r\n")).isEqualTo("a\n1\nb");
        assertThat(render("x {{- 1 -}} \n y")).isEqualTo("x1y");
        assertThat(render("x {# a -#} \n y")).isEqualTo("x y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '=',
            quoteCharacter = '`',
            value = {
                "`1 + 2 * 3 - 4 // 3` = 6",
                "`-7 // 2 ~ -7 % 3` = -42",
                "`7 / 2` = 3.5",
                "`1e20 ~ 1.0 ~ 0.00001` = 1e+201.01e-05",
                "`not true and false or 'x'` = x",
                "`'a' if false else 'b' if false else 'c'` = c",
                "`('a' if false) is defined` = False",
                "`1 < 2 <= 2` = True",
                "`'b' in 'abc' and 'd' not in ['a', 'b']` = True",
                "`[1, 'a', none, true, {'k': 1.5}]` = `[1, 'a', None, True, {'k': 1.5}]`",
                "`\"it's\" ~ [\"it's\", 'a\\n']` = `it's[\"it's\", 'a\\n']`",
                "`'\\x41\\u00e9\\101' 'b'` = AéAb",
                "`'abcdef'[1:-1] ~ 'abcdef'[::-2] ~ 'äöü'[-1]` = bcdefdbü",
                "`messages[::-1][0].content ~ messages[-1]['role']` = Hellouser",
                "`' a b '.split() ~ 'a,b,c'.split(',', 1)` = `['a', 'b']['a', 'b,c']`",
                "`'xxaxx'.strip('x') ~ 'xa'.lstrip('x') ~ 'ax'.rstrip('x')` = aaa",
                "`'Abc'.startswith('Ab') ~ 'Abc'.endswith('x')` = TrueFalse",
                "`'a-b'.replace('-', '+') ~ 'a b'.title() ~ 'ABC'.capitalize() ~ 'ß'.upper()` = a+bA BAbcSS",
                "`{'a': 1, 'b': 2}.items() | map('last') | list` = `[1, 2]`",
                "`{'a': 1}.get('b', 7) ~ {'a': 1}.a ~ {'items': 3}['items']` = 713",
                "`messages | map(attribute='role') | join('+') ~ messages | length` = user1",
                "`[3, 1] | first ~ [3, 1] | last ~ range(2, 8, 3) | list` = `31[2, 5]`",
                "`none_of_this is undefined and none is none and 3 is odd and 'x' is string` = True",
                "`{} is mapping and [] is sequence and messages is iterable and 3 is divisibleby 3` = True",
                "`missing | default('d') ~ '' | default('e', true) ~ messages[0].nothing` = de",
                "`[{'a': 1}, {'a': 2}] | selectattr('a', 'gt', 1) | list` = `[{'a': 2}]`",
                "`('12' | int + 1) ~ -3 | abs` = 133",
                "`[1, 2] == [1, 2.0] and true == 1 and 'a' != 1` = True",
                "`messages | tojson` = `[{\"role\": \"user\", \"content\": \"Hello\"}]`"
            })
    void expressionsMeanWhatTheyMeanInJinja(String expression, String value) {
        assertThat(render("{{ " + expression + " }}")).isEqualTo(value);
    }

    @Test
    void jsonIsIndentedAsPythonDoes() {
        assertThat(render("{{ {'a': [1, 'é\\n\"'], 'b': {}, 'c': none} | tojson(indent=2) }}"))
                .isEqualTo("""
                {
                  "a": [
                    1,
                    "é\\n\\""
                  ],
                  "b": {},
                  "c": null
                }""");
    }

    @Test
    void loopsKeepTheirVariablesToThemselvesAndNamespacesCarryThemOut() {
        assertThat(render("{% set x = 1 %}{% for i in range(3) %}{% set x = i %}{% endfor %}{{ x }}"))
                .isEqualTo("1");
        assertThat(
                        render(
                                "{% set n = namespace(sum=0) %}{% for i in range(5) if i != 1 %}{% set n.sum = n.sum + i %}{% endfor %}{{ n.sum }}"))
                .isEqualTo("9");
        assertThat(
                        render(
                                "{% for k, v in {'a': 1, 'b': 2}.items() %}{{ loop.index }}{{ k }}{{ v }}{{ ',' if not loop.last }}{% else %}none{% endfor %}"))
                .isEqualTo("1a1,2b2");
        assertThat(render("{% for i in [] %}{% else %}none{% endfor %}")).isEqualTo("none");
        assertThat(
                        render(
                                "{% for i in range(9) %}{% if i == 2 %}{% continue %}{% elif i == 4 %}{% break %}{% endif %}{{ i }}{% endfor %}"))
                .isEqualTo("013");
        assertThat(
                        render(
                                "{% for i in 'ab' %}{{ loop.previtem }}{{ loop.nextitem }}{{ loop.cycle('x', 'y') }}{% endfor %}"))
                .isEqualTo("bxay");
    }

    @Test
    void macrosAndCapturedTextAreCalledByName() {
        assertThat(
                        render(
                                "{% macro turn(role, mark='#') %}{{ mark }}{{ role }}{% endmacro %}{{ turn('a') }}{{ turn('b', mark='+') }}"))
                .isEqualTo("#a+b");
        assertThat(render("{% set text %}a{{ 1 }}{% endset %}{{ text | upper }}{% set a, b = [1, 2] %}{{ b }}"))
                .isEqualTo("A12");
        assertThat(render("{% generation %}said{% endgeneration %}")).isEqualTo("said");
    }

    @Test
    void datesAreWrittenInEnglish() {
        assertThat(render("{{ strftime_now('%a %A %d %m %y %Y %b %B %H:%M:%S %I %p %j %%') }}"))
                .isEqualTo("Sat Saturday 07 03 26 2026 Mar March 21:04:05 09 PM 066 %");
    }

    @Test
    void aConversationThatTheTemplateRefusesIsAnErrorWithItsReason() {
        List<ChatMessage> turns = List.of(HELLO, new ChatMessage("tool", "x"));
        assertThatThrownBy(() -> template(MARKS).render(turns, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no tools")
                .hasMessageContaining("chat_template.jinja");
        assertThatThrownBy(() -> template(MARKS).render(List.of(), true)).hasMessageContaining("at least one message");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '`',
            value = {
                "`\n{% include 'x' %}` @ line 2: the statement 'include' is not supported",
                "`{{ 'a' | shout }}` @ line 1: the filter 'shout' is not supported",
                "`{{ 1 is prime }}` @ the test 'prime' is not supported",
                "`{% if true %}` @ not closed by one of",
                "`{% if true %}{% endfor %}` @ the statement 'endfor' is not supported",
                "`{{ 'a' ` @ not closed by }}",
                "`{{ (1 }}` @ not closed",
                "`{{ 1 1 }}` @ '1' where the end of the tag is needed",
                "`{{ }}` @ the end of the tag where a value is needed",
                "`{{ a ! b }}` @ '!' is not understood",
                "`{# x` @ a comment is not closed",
                "`{% for a b %}` @ 'b' where 'in' is needed",
                "`{{ '\\x4' }}` @ 2 hexadecimal digits"
            })
    void aTemplateThatCannotBeUnderstoodIsAnErrorWithItsLine(String source, String message) {
        assertThatThrownBy(() -> template(source))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("chat_template.jinja: ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '`',
            value = {
                "`\n\n{{ nothing.at_all }}` @ line 3: 'nothing' is undefined",
                "`{{ 'a' + 1 }}` @ '+' is not defined for str and int",
                "`{{ 'a' + nothing }}` @ str and undefined ('nothing')",
                "`{{ nothing() }}` @ 'nothing' is not known",
                "`{{ messages.append(1) }}` @ is not known",
                "`{{ 1 // 0 }}` @ division by zero",
                "`{% for i in 3 %}{% endfor %}` @ a int cannot be run over",
                "`{% set x.y = 1 %}` @ only a namespace's attributes",
                "`{{ 1 < 'a' }}` @ have no order",
                "`{{ strftime_now('%Q') }}` @ the date directive '%Q' is not supported",
                "`{{ 'a'.strip('a', 'b') }}` @ 2 arguments are given",
                "`{{ range(1000000) }}` @ too long"
            })
    void aTemplateThatFailsIsAnErrorWithItsLine(String source, String message) {
        ChatTemplate template = template(source);
        assertThatThrownBy(() -> template.render(List.of(HELLO), true))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("line ")
                .hasMessageContaining(message);
    }

    @Test
    void aFoldersTemplateAndItsTokensAreRead() throws IOException {
        TestingModels.tokenizer(folder, 10).close();
        Path config = folder.resolve("tokenizer_config.json");
        Files.writeString(config, """
                {"eos_token": "<eos>", "bos_token": {"content": "w2"}, "pad_token": null,
                 "chat_template": [{"name": "tool_use", "template": "no"},
                                   {"name": "default", "template": "{{ bos_token }} {{ messages[0].content }} {{ eos_token }}{{ pad_token }}"}]}
                """);
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            ChatTemplate template = ChatTemplate.of(tokenizer.files(), CLOCK);
            assertThat(template.encode(tokenizer, List.of(ChatMessage.user("w5")), true))
                    .isEqualTo(TokenIds.of(2, 5, 1));
        }
        Files.writeString(folder.resolve("chat_template.jinja"), "{{ messages[0].content }} w3");
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            assertThat(ChatTemplate.of(tokenizer.files(), CLOCK).render(List.of(HELLO), true))
                    .isEqualTo("Hello w3");
        }
    }

    @Test
    void aFolderWithoutTemplateIsAnErrorThatSaysWhereItGoes() throws IOException {
        try (Tokenizer tokenizer = TestingModels.tokenizer(folder, 10)) {
            assertThatThrownBy(() -> ChatTemplate.of(tokenizer.files(), CLOCK))
                    .isInstanceOf(InvalidModelException.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("chat_template.jinja");
        }
    }

    private static String render(String source) {
        return template(source).render(List.of(HELLO), true);
    }

    private static ChatTemplate template(String source) {
        return ChatTemplate.parse(FILE, source, Map.of("bos_token", "<|begin_of_text|>"), CLOCK);
    }
}
