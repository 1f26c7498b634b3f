using Callback.CallScripts;
using Callback.Web.Components.Desk;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Callback.Web.Tests.Components.Desk;

public sealed class DraftFormTests
{
    [Fact]
    public void Every_part_of_the_draft_comes_out_of_the_form()
    {
        var draft = Read(
            ("node", "causes"), ("return", "greet"), ("aside", "abuse"), ("answer.causes", "price"), ("answer.causes", "quality"), ("answer-text.causes", "too dear"),
            ("tick", "order-on-screen"), ("waiver.looked-up", "back office is down"), ("outcome", "WillPay"), ("reasons-touched", "true"), ("reason", "TooExpensive"),
            ("note", "tonight\r\nat eight"), ("promise", "2026-11-24T16:30"), ("promise-zone", "Asia/Shanghai"), ("do-not-call", "true"),
            ("tasks-touched", "true"), ("task", "0"), ("task.0.kind", "CourierChase"), ("task.0.order", "A1"), ("task.0.note", "ask the branch"), ("task.0.due", "2026-11-25T10:00"));

        Assert.Equal(("causes", "greet", "abuse"), (draft.CurrentNode, draft.ReturnStack.Single(), draft.Asides.Single()));
        Assert.Equal(["price", "quality"], draft.Answers["causes"].Chosen);
        Assert.Equal("too dear", draft.Answers["causes"].Text);
        Assert.Equal(["order-on-screen"], draft.Ticks);
        Assert.Equal("back office is down", draft.Waivers["looked-up"]);
        Assert.Equal(("WillPay", "tonight\nat eight", true), (draft.Outcome, draft.Note, draft.DoNotCall));
        Assert.Equal(["TooExpensive"], draft.Reasons!);
        Assert.Equal(new DraftPromise(new DateTime(2026, 11, 24, 16, 30, 0), "Asia/Shanghai"), draft.Promise);
        Assert.Equal([new DraftTask("CourierChase", "A1", "ask the branch", new DateTime(2026, 11, 25, 10, 0, 0))], draft.Tasks!);
    }

    [Fact]
    public void What_the_agent_has_not_touched_stays_open_for_the_talks_proposal()
    {
        var draft = Read(("note", ""));
        Assert.Null(draft.Reasons);
        Assert.Null(draft.Tasks);
        Assert.Null(draft.Outcome);
        Assert.Null(draft.Promise);
    }

    [Fact]
    public void What_the_agent_took_out_stays_out()
    {
        var draft = Read(("reasons-touched", "true"), ("tasks-touched", "true"), ("task.0.kind", "CourierChase"));
        Assert.Empty(draft.Reasons!);
        Assert.Empty(draft.Tasks!);
    }

    [Theory]
    [InlineData("tomorrow")]
    [InlineData("2026-02-30T10:00")]
    [InlineData("")]
    public void Moment_that_is_none_promises_nothing(string moment) => Assert.Null(Read(("promise", moment)).Promise);

    private static CallDraft Read(params IReadOnlyList<(string Name, string Value)> fields) => DraftForm.Read(new FormCollection(
        fields.GroupBy(field => field.Name).ToDictionary(group => group.Key, group => new StringValues([.. group.Select(field => field.Value)]))));
}
