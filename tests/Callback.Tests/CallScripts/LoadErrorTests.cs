using Callback.CallScripts;

namespace Callback.Tests.CallScripts;

/// <summary>Every mistake a writer can make is named with file, line and hint.</summary>
public sealed class LoadErrorTests
{
    private const string English = "call-scripts/standard/en/tiny.yaml";

    [Fact]
    public void A_sound_pack_has_no_error()
    {
        using var pack = new TinyPack();
        Assert.Empty(pack.Errors());
    }

    [Theory]
    [InlineData("{{shop}}", "{{shpo}}", "{{shpo}}", "There is no value 'shpo' for texts. Did you mean 'shop'?")]
    [InlineData("{{shop}}", "{{amountValue}}", "{{amountValue}}", "There is no value 'amountValue' for texts.")]
    [InlineData("{{shop}}", "{{courier}}", "{{courier}}", "'courier' can be missing for an order: write {{or courier \"…\"}}")]
    [InlineData("{{shop}}", "{{or courier \" \"}}", "{{or courier", "The fallback in {{or courier \" \"}} is blank.")]
    [InlineData("{{shop}}", "us{{#if courier}} with {{courier}}", "{{#if courier}}", "An {{#if …}} is not closed by {{/if}}.")]
    [InlineData("{{shop}}", "us{{#if courier}} with{{else}} by {{courier}}{{/if}}", "{{#if courier}}", "'courier' can be missing for an order")]
    [InlineData("{{shop}}", "us{{#if nonsense}} with{{/if}}", "{{#if nonsense}}", "There is no value 'nonsense' for texts.")]
    [InlineData("{{shop}}", "us {shop}", "{shop}", "A brace stands outside a placeholder")]
    [InlineData("{{shop}}", "us {{{shop}}}", "{{{shop}}}", "A brace stands outside a placeholder")]
    [InlineData("{{shop}}", "us {{> footer}}", "{{> footer}}", "{{> footer}} is not allowed in a script")]
    [InlineData("{{shop}}", "us {{#each items}}x{{/each}}", "{{#each items}}", "{{#each items}} is not allowed in a script")]
    [InlineData("say: Goodbye.", "say: \"{{#if courier}}By {{courier}}.{{/if}}\"", "title: Bye", "'bye' shows nothing when optional values are missing")]
    public void A_text_uses_only_known_values_with_a_fallback_where_they_can_be_missing(string from, string to, string line, string message) =>
        Expect(from, to, line, message);

    [Theory]
    [InlineData("next: bye, proposes", "next: by, proposes", "price:", "'reason' leads to 'by', which is no node. Did you mean 'bye'?")]
    [InlineData("say: Goodbye.\n    next: over", "say: Goodbye.\n    next: reason # again", "next: reason # again", "These ways go round without an end: reason → bye → reason.")]
    [InlineData("say: Goodbye.\n    next: over", "say: Goodbye.", "title: Bye", "Nothing follows 'bye'")]
    [InlineData("end: Hang up.", "end: Hang up.\n    next: hello", "next: hello", "Nothing follows an 'end' node.")]
    [InlineData("other: { label: Other, next: details }", "other: { label: Other, next: bye }", "title: Details", "No way leads to 'details'")]
    [InlineData("start: hello", "start: helo", "start: helo", "The script starts at 'helo', which is no node. Did you mean 'hello'?")]
    [InlineData("greeting-ends: reason", "greeting-ends: never", "greeting-ends: never", "'never' is no node.")]
    [InlineData("say: We are sorry to hear it.\n    next: bye", "say: We are sorry to hear it.\n    next: over", "taste:", "The way of 'taste' must lead to 'bye' in every case")]
    [InlineData("    next: reason\n", "    next:\n      - { when: has courier, to: reason }\n", "when: has courier", "The last way of 'next' must hold without a condition")]
    public void Every_way_leads_somewhere_and_comes_to_an_end(string from, string to, string line, string message) =>
        Expect(from, to, line, message);

    [Theory]
    [InlineData("ask: What is in the way?", "ask: What is in the way?\n    next: bye", "next: bye", "The answer to 'reason' is required, but 'next' lets it be skipped")]
    [InlineData("other: { label: Other, next: details }", "other: { label: Other }", "price:", "The answer 'other' leads nowhere")]
    [InlineData("ask: What is in the way?", "ask: What is in the way?\n    required: false", "title: Reason", "'reason' needs 'next': where the talk goes on without an answer.")]
    [InlineData("say: Goodbye.", "ask: Anything?", "title: Bye", "An 'ask' node needs 'answers', or 'free-text'.")]
    [InlineData("say: Goodbye.", "ask: Anything?\n    free-text: allowed", "free-text: allowed", "is required, but nothing needs to be typed")]
    public void A_required_answer_cannot_be_skipped_and_an_optional_one_leads_on(string from, string to, string line, string message) =>
        Expect(from, to, line, message);

    [Fact]
    public void One_answer_at_least_has_no_condition()
    {
        using var pack = new TinyPack()
            .Change("taste: { label: Taste,", "taste: { label: Taste, when: has courier,")
            .Change("size: { label: Size }", "size: { label: Size, when: not has courier }");
        AssertError(pack, "taste:", "Every answer has a condition; one at least must always be there.");
    }

    [Theory]
    [InlineData("outcome: Declined", "outcome: Refused", "title: Reason", "'Refused' is no outcome of PaymentReminder.")]
    [InlineData("outcome: Declined", "outcome: Satisfied", "title: Reason", "'Satisfied' is no outcome of PaymentReminder.")]
    [InlineData("[TooExpensive]", "[TooExpensiv]", "title: Reason", "'TooExpensiv' is no reason code of PaymentReminder. Did you mean 'TooExpensive'?")]
    [InlineData("say: Goodbye.", "do: { task: CourierChse }\n    text: Chase.", "title: Bye", "'CourierChse' is no kind of follow-up task. Did you mean 'CourierChase'?")]
    [InlineData("say: Goodbye.", "do: { task: Refund, do-not-call: true }\n    text: Both.", "do:", "'do' is exactly one of task, compensate")]
    [InlineData("say: Goodbye.", "do: { task: Refund }", "title: Bye", "A 'do' node needs a 'text' that tells the agent what to do.")]
    [InlineData("say: Goodbye.", "say: Goodbye.\n    tell: Hang up now.", "title: Bye", "this one is say and tell")]
    [InlineData("say: Goodbye.", "sya: Goodbye.", "title: Bye", "this one is none")]
    [InlineData("title: Bye", "tilte: Bye", "tilte: Bye", "'tilte' is not known here. Did you mean 'title'?")]
    [InlineData("target: 1m", "target: soon", "target: soon", "'target' is a span such as 90s, 2m, 4h or 3d, not 'soon'.")]
    [InlineData("version: 1", "version: 0", "version: 0", "'version' is a whole number, at least 1.")]
    [InlineData("purpose: PaymentReminder", "purpose: PaymentRemindr", "purpose:", "Did you mean 'PaymentReminder'?")]
    [InlineData("several: true", "several: perhaps", "several:", "'several' is true or false, not 'perhaps'.")]
    [InlineData("include: [more]", "include: [moer]", "include:", "There is no file '_moer.yaml' beside this one.")]
    [InlineData("label: Size }", "label: Size, when: courier }", "size:", "'courier' is no condition. Write 'has NAME'")]
    [InlineData("label: Size }", "label: Size, when: has curier }", "size:", "There is no value 'curier'. Did you mean 'courier'?")]
    [InlineData("label: Size }", "label: Size, when: answer reason is cheap }", "title: Details", "A condition names the answer 'cheap' of 'reason', which does not exist.")]
    public void Codes_keys_and_conditions_are_checked(string from, string to, string line, string message) => Expect(from, to, line, message);

    [Fact]
    public void A_node_longer_than_twenty_seconds_is_refused()
    {
        using var pack = new TinyPack().Change("say: Goodbye.", $"say: {string.Concat(Enumerable.Repeat("word ", 51))}", "tiny.yaml", "en");
        AssertError(pack, "title: Bye", "'bye' takes 20 s read aloud; at most 20. Split it.");
    }

    [Fact]
    public void A_script_longer_than_its_target_is_refused()
    {
        using var pack = new TinyPack().Change("target: 1m", "target: 5s");
        Assert.Contains(pack.Errors(), error => error is { File: English, Place: null } && error.Message.StartsWith("The script is too long: longest path 0:0", StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_language_is_an_error_of_the_missing_file()
    {
        using var pack = new TinyPack();
        pack.Delete(English);
        var error = Assert.Single(pack.Errors());
        Assert.Equal((English, "The language en is missing: every script needs zh-CN and en."), (error.File, error.Message));
    }

    [Theory]
    [InlineData("      size: { label: Size }\n", "", "'details' is another step in zh-CN")]
    [InlineData("several: true", "several: true\n    records: problem", "'details' is another step in zh-CN")]
    [InlineData("target: 1m", "target: 2m", "Purpose, version, start, greeting-ends, target and order of asides must be as in zh-CN.")]
    public void Languages_differ_in_nothing_but_words(string from, string to, string message)
    {
        using var pack = new TinyPack().Change(from, to, "tiny.yaml", "en");
        Assert.Contains(pack.Errors(), error => error.File == English && error.Message.StartsWith(message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_pack_may_say_that_it_has_but_one_language()
    {
        using var pack = new TinyPack();
        Directory.Delete(Path.Combine(pack.Folder, "call-scripts/standard/zh-CN"), recursive: true);
        Assert.NotEmpty(pack.Errors());
        pack.Write("call-scripts/standard/pack.yaml", "for: A shop abroad\nlanguages: [en]\n");
        Assert.Empty(pack.Errors());
        var book = CallScriptBook.Load(pack.Folder);
        Assert.Equal(("en", "en"), (book.Find("tiny", null, "zh-CN")!.Language, book.SpokenLanguage("tiny", 1, "zh-CN")));
        Assert.Equal("zh-CN", book.SpokenLanguage("shop/our-own", 1, "zh-CN"));
    }

    [Theory]
    [InlineData("for: A shop\nlanguages: [en]\n", "There is a folder zh-CN, but 'languages' does not name it.")]
    [InlineData("for: A shop\nlanguages: [en, zh-CN, fr]\n", "'fr' is no language. Known are zh-CN and en.")]
    [InlineData("for: A shop\nlanguages: []\n", "Name at least one of zh-CN and en.")]
    [InlineData("languages: [en, zh-CN]\n", "'for' is missing.")]
    [InlineData("for: A shop\nlanguages: [en, zh-CN]\nowner: me\n", "'owner' is not known here.")]
    public void A_mistake_in_the_packs_own_file_is_named(string text, string message)
    {
        using var pack = new TinyPack();
        pack.Write("call-scripts/standard/pack.yaml", text);
        Assert.Contains(pack.Errors(), error => error.File == "call-scripts/standard/pack.yaml" && error.Message.StartsWith(message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_node_missing_in_one_language_is_named_where_it_stands()
    {
        using var pack = new TinyPack().Change("taste: { label: Taste, next: comfort }", "taste: { label: Taste }", "tiny.yaml", "en")
            .Change("  comfort:\n    title: Comfort\n    say: We are sorry to hear it.\n    next: bye\n", "", "tiny.yaml", "en");
        Assert.Contains(pack.Errors(), error => error is { File: "call-scripts/standard/zh-CN/tiny.yaml", Place: "line 29", Message: "The node 'comfort' is missing in en." });
    }

    [Fact]
    public void A_node_stands_once_also_across_included_files()
    {
        using var pack = new TinyPack().Change("  back:", "  over:\n    title: Again\n    end: Again.\n  back:", "_more.yaml");
        Assert.Contains(pack.Errors(), error => error.File == "call-scripts/standard/en/_more.yaml" && error.Message.StartsWith($"There is another node 'over', in {English} line ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_version_stands_once()
    {
        using var pack = new TinyPack();
        foreach (var language in new[] { "zh-CN", "en" })
            pack.Write($"call-scripts/standard/{language}/copy.yaml", File.ReadAllText(Path.Combine(pack.Folder, $"call-scripts/standard/{language}/tiny.yaml")));
        Assert.Contains(pack.Errors(), error => error.Message == "There is another tiny version 1 in en.");
    }

    [Fact]
    public void Broken_yaml_is_reported_with_its_line()
    {
        using var pack = new TinyPack().Change("title: Tiny", "title: \"Tiny");
        Assert.Contains(pack.Errors(), error => error.File == English && error.Place is not null && error.Message.StartsWith("This is not valid YAML:", StringComparison.Ordinal));
    }

    [Fact]
    public void Loading_a_broken_pack_throws_all_its_errors()
    {
        using var pack = new TinyPack().Change("{{shop}}", "{{shpo}}").Change("title: Tiny", "title: Tiny\nowner: me");
        var error = Assert.Throws<CallScriptsInvalidException>(() => CallScriptBook.Load(pack.Folder));
        Assert.Equal(2, error.Findings.Count(finding => finding.Message.StartsWith("There is no value 'shpo'", StringComparison.Ordinal)));
        Assert.Equal(2, error.Findings.Count(finding => finding.Message.StartsWith("'owner' is not known here.", StringComparison.Ordinal)));
        Assert.Contains($"{English}, line {pack.LineOf("{{shpo}}")}: There is no value 'shpo'", error.Message, StringComparison.Ordinal);
    }

    private static void Expect(string from, string to, string line, string message)
    {
        using var pack = new TinyPack().Change(from, to);
        AssertError(pack, line.Trim('\n'), message);
    }

    private static void AssertError(TinyPack pack, string line, string message)
    {
        var found = pack.Errors().Where(error => error.File == English).ToList();
        var lines = new[] { pack.LineOf(line), pack.LineOf(line) + 1 }.Select(number => $"line {number}").ToList();
        Assert.True(found.Exists(error => lines.Contains(error.Place ?? "") && error.Message.Contains(message, StringComparison.Ordinal)),
            $"wanted at {lines[0]}: {message}\nfound:\n{string.Join('\n', found)}");
    }
}
