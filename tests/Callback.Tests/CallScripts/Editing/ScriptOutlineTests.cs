using Callback.Calls;
using Callback.CallScripts.Editing;
using Callback.Tests.Calls;
using Callback.Tests.Support;

namespace Callback.Tests.CallScripts.Editing;

/// <summary>What a writer sees of a script: its steps in order, what differs, and a real order's words.</summary>
public sealed class ScriptOutlineTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public void What_only_one_answer_leads_to_stands_under_it_and_what_all_come_to_stands_beside_the_question()
    {
        var outline = ScriptOutline.Of(Document());
        Assert.Equal(
            ["0 hello", "0 reason", "1 details Other", "2 comfort Taste", "0 bye", "0 over"],
            outline.Talk.Select(row => $"{row.Depth} {row.Node.Id} {row.Via?.En}".Trim()));
        Assert.Equal(["silence", "back"], outline.Asides.Select(row => row.Node.Id));
        Assert.Empty(outline.Loose);
    }

    [Fact]
    public void A_draft_that_goes_in_circles_and_has_loose_ends_is_laid_out_all_the_same_each_step_once()
    {
        var document = Document();
        document.With(document.Find("bye")! with { Next = [new("reason", "")] }).With(document.Find("reason")! with { Answers = [] });
        var outline = ScriptOutline.Of(document);
        var all = outline.Talk.Concat(outline.Asides).Concat(outline.Loose).Select(row => row.Node.Id).ToList();
        Assert.Equal(document.Ids.Order(StringComparer.Ordinal), all.Order(StringComparer.Ordinal));
        Assert.Contains(outline.Loose, row => row.Node.Id == "details");
    }

    [Fact]
    public void Two_versions_differ_step_by_step_and_the_version_number_is_no_difference()
    {
        var document = Document().Named("another", 7);
        document.With(document.Find("bye")! with { Text = new("再见。", "Bye now.") }).Without("comfort");
        document.Insert(new NodeForm { Id = "sorry", Kind = Callback.CallScripts.NodeKind.Say, Title = new("致歉", "Sorry"), Text = new("抱歉。", "Sorry.") }, "hello");
        var changes = ScriptDifference.Between(Tiny.Texts, document.ToTexts())!;
        Assert.Equal(
            ["hello Changed", "details Changed", "bye Changed", "sorry Added", "comfort Removed"],
            changes.Select(change => $"{change.Node} {change.Kind}"));
        Assert.Equal(new ChangedLine("en", "say", "Goodbye.", "Bye now."), Assert.Single(changes[2].Lines));
        Assert.Empty(ScriptDifference.Between(Tiny.Texts, Document().Named("x", 9).ToTexts())!);
    }

    [Fact]
    public async Task A_script_can_be_tried_on_a_real_order_by_those_who_write_scripts_alone()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var shop = new ScriptShop(scene);
        var order = await scene.OrderAsync(amount: 123m);
        var facts = (await scene.Get<PreviewTalk>().RunAsync(shop.Scheduler, scene.Shop, order, default))!;
        Assert.Equal((123m, "林间小铺"), (facts.Orders[0].Amount.Amount, facts.Shop.Name));
        Assert.Null(await scene.Get<PreviewTalk>().RunAsync(shop.Scheduler, scene.Shop, "no-such-order", default));
        var agent = await scene.AgentAsync();
        await Assert.ThrowsAsync<NotPermittedException>(() => scene.Get<PreviewTalk>().RunAsync(agent, scene.Shop, order, default));
    }

    private static ScriptDocument Document() => ScriptDocument.Read(Tiny.Texts).Document!;
}
