using System.Collections.Frozen;
using Callback.Calls;
using Callback.CallScripts;
using Callback.Campaigns;
using Callback.Orders;
using Callback.Practice;
using Callback.Telephony;
using Callback.Tests.Calls;
using Callback.Tests.Support;
using Callback.Windows;
using Callback.Wording;

namespace Callback.Tests.Practice;

/// <summary>A practice shop at work, and the whole of a practice call as an agent goes through it.</summary>
internal static class PracticeGround
{
    public static Task<DeskScene> OpenAsync(TestDatabase database, bool practice = true) => DeskScene.OpenAsync(
        database, practice ? "practice" : "none", practice ? "practice" : "manual", practice, replace: services => services
            .AddOrders(LocalTimePolicy.ToInstant)
            .AddCampaigns()
            .AddWording()
            .AddPractice());

    public static async Task<Guid> StartAsync(DeskScene scene, Actor agent, string call, string course = "first-week") =>
        Assert.IsType<StartPracticeCallResult.OnTheDesk>(await scene.Get<StartPracticeCall>().RunAsync(agent, new(scene.Shop, course, call), default)).HoldId;

    /// <summary>Dials the card and waits till the customer is on the phone.</summary>
    public static async Task<Guid> TalkAsync(DeskScene scene, Actor agent, Guid hold)
    {
        var attempt = Assert.IsType<DialResult.Dialing>(await scene.DialAsync(agent, hold)).AttemptId;
        await scene.PassTimeAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(CallState.Answered, (await scene.Get<RefreshCall>().RunAsync(agent, attempt, default)).CallState);
        return attempt;
    }

    /// <summary>The whole call, with every reply of the customer understood.</summary>
    public static async Task<ReviewedCall> CallAsync(DeskScene scene, Actor agent, string call, Func<CallDraft, CallDraft>? change = null)
    {
        var hold = await StartAsync(scene, agent, call);
        var attempt = await TalkAsync(scene, agent, hold);
        await scene.PassTimeAsync(TimeSpan.FromSeconds(30));
        await scene.MarkAsync(agent, attempt, CallState.Completed);
        var draft = await BestAsync(scene, agent, attempt, hold);
        await scene.RecordAsync(agent, attempt, change is null ? draft : change(draft));
        return (await scene.Get<ReviewPracticeCall>().RunAsync(agent, scene.Shop, attempt, default))!;
    }

    public static Actor In(Actor agent, params ShopId[] shops) =>
        agent with { Shops = shops.ToFrozenDictionary(shop => shop, _ => Permissions.Of(Role.Agent)) };

    private static async Task<CallDraft> BestAsync(DeskScene scene, Actor agent, Guid attempt, Guid hold)
    {
        var met = await scene.Get<CustomerOfCall>().FindAsync(scene.Shop, attempt, default);
        var card = (await scene.Get<GetDesk>().FindCardAsync(agent, hold, default))!;
        var book = scene.Get<CallScriptBook>();
        var customer = new CustomerReplies(met.Character, met.Seed, book.Find(card.CallScript, card.ScriptVersion, card.Talk.Language)!, ScriptValues.Of(card.Talk));
        var draft = met.Character.EndsWith is { } ends ? CallDraft.Empty with { Outcome = ends } : PracticeScene.BestDraft(customer);
        var outcome = book.Outcomes.Find(draft.Outcome!)!;
        return draft with
        {
            Ticks = DeskScene.Ticked.Ticks,
            Note = "练习记录",
            Tasks = [],
            Reasons = met.Character.EndsWith is null ? null : [],
            Promise = outcome.Promise == Need.Required ? new(new DateTime(2026, 11, 24, 16, 15, 0)) : null,
        };
    }
}
