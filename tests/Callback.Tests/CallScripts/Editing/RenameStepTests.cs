using Callback.CallScripts;
using Callback.CallScripts.Editing;

namespace Callback.Tests.CallScripts.Editing;

/// <summary>A step may be given another id: all that leads to it, asks for its answer or begins with it goes along.</summary>
public sealed class RenameStepTests
{
    private const string Script =
        """
        # What the shop says first.
        script: own
        version: 3
        purpose: PaymentReminder
        title: "WORDS"
        target: 2m
        start: ask
        greeting-ends: ask
        nodes:
          ask:
            title: Ask
            ask: "WORDS?"
            answers:
              yes: { label: "WORDS 1", next: good }
              no: { label: "WORDS 2", next: sorry, when: [ "answer ask is not yes" ] }
          good:
            title: Good
            say: "WORDS!"
            next: [ { when: "answer ask is yes", to: over }, { to: ask-more } ]
          ask-more:
            title: More
            say: "WORDS" # the same once more
            next: over
          sorry: { title: Sorry, say: "WORDS.", next: over }
          over: { title: Over, end: "WORDS" }
        """;

    private static ScriptTexts Texts { get; } = new(Script.Replace("WORDS", "好", StringComparison.Ordinal), Script.Replace("WORDS", "fine", StringComparison.Ordinal));

    [Fact]
    public void Ways_conditions_start_and_greeting_follow_and_the_step_keeps_its_place()
    {
        var document = ScriptDocument.Read(Texts).Document!.Renamed("ask", "question");

        Assert.Equal(["question", "good", "ask-more", "sorry", "over"], document.Ids);
        Assert.Equal(("question", "question"), (document.Head.Start, document.Head.GreetingEnds));
        Assert.Equal([new("over", "answer question is yes"), new("ask-more", "")], document.Find("good")!.Next);
        Assert.Equal("answer question is not yes", document.Find("question")!.Answers[1].When);
        Assert.Equal(["good", "sorry"], document.Find("question")!.Answers.Select(answer => answer.Next));
        Assert.Null(document.Find("ask"));
    }

    [Fact]
    public void Both_languages_keep_their_words_and_nothing_else_changes()
    {
        var before = ScriptDocument.Read(Texts).Document!;
        var after = ScriptDocument.Read(before.Renamed("over", "end").ToTexts()).Document!;

        Assert.Equal(new Both("好", "fine"), after.Find("end")!.Text);
        Assert.All(after.Nodes.SelectMany(node => node.Next.Select(way => way.To).Concat(node.Answers.Select(answer => answer.Next))), to => Assert.NotEqual("over", to));
        Assert.Empty(ScriptDifference.Between(Texts, after.Renamed("end", "over").ToTexts())!);
    }

    [Fact]
    public void A_step_that_is_not_there_and_the_same_id_change_nothing() =>
        Assert.Equal(ScriptDocument.Read(Texts).Document!.ToTexts(), ScriptDocument.Read(Texts).Document!.Renamed("nowhere", "x").Renamed("ask", "ask").ToTexts());

    [Theory]
    [InlineData("good", "script-step-taken")]
    [InlineData("", "script-step-form")]
    [InlineData("Two words", "script-step-form")]
    [InlineData("-x", "script-step-form")]
    [InlineData("new-1", null)]
    public void An_id_is_well_formed_and_new(string id, string? problem) => Assert.Equal(problem, ShopScriptPolicy.CheckStep(id, ["ask", "good"])?.Code);

    [Fact]
    public void Comments_are_counted_in_both_texts_and_not_within_quotes()
    {
        Assert.Equal(4, ScriptComments.Count(Texts));
        Assert.Equal(0, ScriptComments.Count(new("title: \"a # b\"", "title: c#d")));
        Assert.Equal(0, ScriptComments.Count(ScriptDocument.Read(Texts).Document!.ToTexts()));
    }

    [Fact]
    public void Another_name_and_version_leave_every_comment_and_line_where_it_is()
    {
        var named = ScriptNaming.Of(Texts, "other", 7);

        Assert.Equal(Texts.Zh.Replace("script: own", "script: other", StringComparison.Ordinal).Replace("version: 3", "version: 7", StringComparison.Ordinal), named.Zh);
        Assert.Equal(4, ScriptComments.Count(named));
    }

    [Theory]
    [InlineData("{ script: own, version: 3, nodes: { a: { end: x } } }")]
    [InlineData("\"script\": own\nversion: >-\n  3\nnodes: { a: { end: x } }")]
    [InlineData("nodes: { a: { end: x } }")]
    public void Texts_that_are_written_otherwise_are_named_all_the_same(string text)
    {
        var map = YamlParts.Parse(ScriptNaming.Of(new(text, text), "other", 7).Zh)!;
        Assert.Equal(("other", "7"), (map.Text("script"), map.Text("version")));
    }
}
