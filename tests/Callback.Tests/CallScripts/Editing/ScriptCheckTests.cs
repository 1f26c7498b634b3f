using Callback.CallScripts;
using Callback.CallScripts.Editing;
using Callback.Tests.Support;
using Callback.Wording;

namespace Callback.Tests.CallScripts.Editing;

/// <summary>What the editor asks of a script beyond the reader, and in which words it says so.</summary>
public sealed class ScriptCheckTests
{
    [Fact]
    public void A_red_line_in_what_is_said_blocks_with_the_better_wording_in_both_languages()
    {
        var check = Guarded("Block").Of(Tiny.Saying("We do brushing for you."));
        Assert.False(check.IsSound);
        var error = Assert.Single(check.Errors, error => error.Language == "en");
        Assert.Equal("bye", error.Node);
        Assert.Contains("'brushing' is against the platform's rules. Better: ask honestly", error.In("en"), StringComparison.Ordinal);
        Assert.Contains("“brushing”触碰平台红线。可以改为：如实请客户评价", error.In("zh-CN"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wording_that_only_warns_does_not_block() => Assert.True(Guarded("Warn").Of(Tiny.Saying("We do brushing for you.")).IsSound);

    [Fact]
    public void What_must_never_be_said_may_be_quoted_beside_the_step()
    {
        var document = ScriptDocument.Read(Tiny.Texts).Document!;
        document.With(document.Find("bye")! with { Never = new("We do brushing", "We do brushing") });
        Assert.True(Guarded("Block").Of(document.ToTexts()).IsSound);
    }

    /// <summary>Every sentence a writer meets is said in Chinese too.</summary>
    [Theory]
    [InlineData("say: Goodbye.", "say: \"{{shpo}}\"")]
    [InlineData("say: Goodbye.", "say: \"{{courier}}\"")]
    [InlineData("say: Goodbye.", "say: \"{{or courier ' '}}\"")]
    [InlineData("say: Goodbye.", "say: \"{{#if courier}}x\"")]
    [InlineData("say: Goodbye.", "say: \"{x}\"")]
    [InlineData("say: Goodbye.", "say: \"{{> x}}\"")]
    [InlineData("say: Goodbye.", "ask: Anything?")]
    [InlineData("say: Goodbye.", "say: Bye.\n    say2: x")]
    [InlineData("say: Goodbye.", "sya: Goodbye.")]
    [InlineData("next: over", "next: ovr")]
    [InlineData("next: over", "next: reason")]
    [InlineData("    next: over\n", "")]
    [InlineData("end: Hang up.", "end: Hang up.\n    next: hello")]
    [InlineData("end: Hang up.", "do: { task: Nothing }\n    text: x\n    next: back")]
    [InlineData("outcome: Declined", "outcome: Declind")]
    [InlineData("reasons: [TooExpensive]", "reasons: [TooDear]")]
    [InlineData("target: 1m", "target: 1 s")]
    [InlineData("target: 1m", "target: 1s")]
    [InlineData("version: 1", "version: one")]
    [InlineData("purpose: PaymentReminder", "purpose: Remind")]
    [InlineData("start: hello", "start: helo")]
    [InlineData("greeting-ends: reason", "greeting-ends: raeson")]
    [InlineData("title: Tiny", "titel: Tiny")]
    [InlineData("several: true", "several: maybe")]
    [InlineData("next: comfort }", "next: over }")]
    [InlineData("nodes:", "include: [frame]\nnodes:")]
    [InlineData("nodes:", "nodes: &x")]
    [InlineData("label: Price, next: bye", "label: Price, when: has money, next: bye")]
    [InlineData("label: Price, next: bye", "label: Price, when: often, next: bye")]
    [InlineData("label: Price, next: bye", "label: Price, when: answer hello is no, next: bye")]
    [InlineData("label: Price, next: bye", "label: Price")]
    [InlineData("say: We are sorry to hear it.", "say: one two three four five six seven eight nine ten one two three four five six seven eight nine ten one two three four five six seven eight nine ten one two three four five six seven eight nine ten one two three four five six seven eight nine ten one two")]
    public void A_finding_speaks_the_readers_language(string from, string to)
    {
        string Broken(string text) => text.Contains(from, StringComparison.Ordinal) ? text.Replace(from, to, StringComparison.Ordinal) : text;
        var check = CheckedScript.Of(new(Broken(Tiny.Texts.Zh), Broken(Tiny.Texts.En)), Talk.Book.Outcomes);
        if (from != "nodes:" || !to.Contains('&', StringComparison.Ordinal))
            Assert.NotEmpty(check.Errors);
        Assert.All(check.Findings, finding => Assert.Matches("[\u4e00-\u9fff]", finding.In("zh-CN")));
    }

    private static ScriptCheck Guarded(string severity)
    {
        using var folder = new TempFolder();
        var wording = Directory.CreateDirectory(Path.Combine(folder.Path, "wording")).FullName;
        File.WriteAllText(Path.Combine(wording, "red-lines.yaml"), $$"""
            kind: RedLine
            severity: {{severity}}
            entries:
              - id: brushing
                zh: [brushing]
                en: [brushing]
                better: { zh: 如实请客户评价, en: ask honestly }
            """);
        return new(Talk.Book, WordingGuard.Load(folder.Path));
    }
}
