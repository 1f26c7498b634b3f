using Callback.CallScripts;
using Callback.CallScripts.Editing;
using FsCheck;
using FsCheck.Fluent;

namespace Callback.Tests.CallScripts.Editing;

/// <summary>Editing changes what was edited and nothing else.</summary>
public sealed class ScriptDocumentTests
{
    public static TheoryData<string> Shipped => [.. Talk.Book.All.Where(script => script.Language == "en").Select(script => $"{script.Pack}/{script.Name}").Distinct()];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void A_packs_script_read_from_memory_is_the_same_talk_as_read_from_its_files(string name)
    {
        var texts = Packs.Find(name)!;
        var read = CheckedScript.Of(texts, Talk.Book.Outcomes);
        Assert.Empty(read.Errors);
        foreach (var language in new[] { "zh-CN", "en" })
            Assert.Equal(Print(Talk.Book.Find(name, null, language)!), Print(read.In(language)!));
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Writing_every_step_back_as_it_was_read_changes_no_word(string name)
    {
        var texts = Packs.Find(name)!;
        var document = ScriptDocument.Read(texts).Document!;
        foreach (var node in document.Nodes)
            document.With(node);
        document.WithHead(document.Head);
        var before = CheckedScript.Of(texts, Talk.Book.Outcomes);
        var after = CheckedScript.Of(document.ToTexts(), Talk.Book.Outcomes);
        foreach (var language in new[] { "zh-CN", "en" })
            Assert.Equal(Print(before.In(language)!), Print(after.In(language)!));
        Assert.Equal(document.ToTexts(), ScriptDocument.Read(document.ToTexts()).Document!.ToTexts());
    }

    [Fact]
    public void Whatever_is_typed_is_read_back_as_one_line_of_it() =>
        Prop.ForAll<string, string, string>((title, text, note) =>
        {
            var document = ScriptDocument.Read(Tiny.Texts).Document!;
            var form = document.Find("hello")! with { Title = new(title ?? "", "x"), Text = new(text ?? "", "y"), Never = new(note ?? "", "z") };
            document.With(form);
            var read = ScriptDocument.Read(document.ToTexts()).Document!.Find("hello")!;
            Assert.Equal(Both.OneLine(form.Title.Zh), read.Title.Zh);
            Assert.Equal(Both.OneLine(form.Text.Zh), read.Text.Zh);
            Assert.Equal(NodeYaml.SplitLines(form.Never.Zh), NodeYaml.SplitLines(read.Never.Zh));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_step_put_between_two_leads_from_the_one_to_the_other()
    {
        var document = ScriptDocument.Read(Tiny.Texts).Document!;
        document.Insert(new NodeForm { Id = "sorry", Kind = NodeKind.Say, Title = new("致歉", "Sorry"), Text = new("抱歉。", "Sorry.") }, "comfort");
        Assert.Equal("sorry", Assert.Single(document.Find("comfort")!.Next).To);
        Assert.Equal("bye", Assert.Single(document.Find("sorry")!.Next).To);
        Assert.True(Tiny.Check(document).IsSound);
    }

    [Fact]
    public void What_led_to_a_step_that_is_taken_out_leads_to_the_next_one()
    {
        var document = ScriptDocument.Read(Tiny.Texts).Document!.Without("comfort").Without("hello");
        Assert.Equal("bye", document.Find("details")!.Answers[0].Next);
        Assert.Equal("reason", document.Head.Start);
        Assert.True(Tiny.Check(document).IsSound);
    }

    [Fact]
    public void A_question_taken_out_leaves_ways_to_nowhere_which_are_named()
    {
        var document = ScriptDocument.Read(Tiny.Texts).Document!.Without("reason");
        var nowhere = Assert.Single(Tiny.Check(document).Errors, error => error.Language == "en" && error.Message.Contains("'hello' leads to 'reason'", StringComparison.Ordinal));
        Assert.Equal("hello", nowhere.Node);
    }

    [Theory]
    [InlineData("nodes: [")]
    [InlineData("just words")]
    [InlineData("a: &x 1\nb: *x")]
    [InlineData("")]
    public void Texts_that_are_no_script_are_refused_with_a_reason_and_never_thrown(string text)
    {
        Assert.Null(ScriptDocument.Read(new(text, Tiny.Texts.En)).Document);
        Assert.NotEmpty(CheckedScript.Of(new(text, Tiny.Texts.En), Talk.Book.Outcomes).Errors);
    }

    [Fact]
    public void A_text_nested_without_end_does_not_end_the_program()
    {
        var deep = "nodes: " + new string('[', 90_000);
        Assert.Contains(CheckedScript.Of(new(deep, deep), Talk.Book.Outcomes).Errors, error => error.Message.Contains("nested deeper", StringComparison.Ordinal));
        Assert.Null(ScriptDocument.Read(new(deep, deep)).Document);
    }

    [Fact]
    public void A_mistake_names_its_language_its_line_and_its_step()
    {
        var document = ScriptDocument.Read(Tiny.Texts).Document!;
        document.With(document.Find("bye")! with { Text = new("再见。", "Goodbye {{shpo}}.") });
        var error = Assert.Single(Tiny.Check(document).Errors);
        Assert.Equal(("en", "bye"), (error.Language, error.Node));
        Assert.Contains("Did you mean 'shop'?", error.Message, StringComparison.Ordinal);
        Assert.Contains("shpo", document.ToTexts().En.Split('\n')[error.Line!.Value - 1], StringComparison.Ordinal);
    }

    private static PackTexts Packs => new(new(Config.Folder, Path.GetTempPath(), Production: false, Demo: false), Talk.Book);

    /// <summary>Everything a talk can come to, but for its name.</summary>
    private static string Print(CallScript script) => string.Join('\n',
    [
        $"{script.Purpose} {script.Title} {script.Start} {script.GreetingEnds} {script.TargetTime} {string.Join(',', script.Asides)}",
        .. script.Nodes.Values.OrderBy(node => node.Id, StringComparer.Ordinal).Select(node => string.Join('|',
            node.Id, node.Kind, node.Title, node.Text.Source.ReplaceLineEndings(" "), string.Join(';', node.Like), string.Join(';', node.Never), node.Required, node.Several, node.FreeText, node.Records, node.Returns,
            node.Action, Print(node.Proposes), string.Join(';', node.Next.Select(way => $"{way.To}?{string.Join('&', way.Condition.Terms)}")),
            string.Join(';', node.Answers.Select(answer => $"{answer.Id}={answer.Label}>{answer.Next}?{string.Join('&', answer.Condition.Terms)}!{Print(answer.Proposes)}~{answer.Records}")))),
    ]);

    private static string Print(Proposal proposal) => $"{proposal.Outcome}/{proposal.Otherwise}/{string.Join(',', proposal.Reasons)}";
}
