using System.Collections.Frozen;
using Callback.Accounts;
using Callback.Calls;
using Callback.CallScripts;
using Callback.Telephony;
using Callback.Web.Components.Desk;
using Callback.Web.Components.Shared;
using Callback.Web.Localization;

namespace Callback.Web.Tests.Support;

/// <summary>The desk in each of its states, with one invented customer.</summary>
internal static class DeskSamples
{
    public static readonly IReadOnlyList<string> States = ["away", "paused", "closed", "nothing", "blocked", "held", "calling", "talking", "wrap-up", "promise", "refused", "unknown", .. PhoneSamples.States];

    public static readonly ShopId ShopId = new("jingya");

    public static readonly Shop Shop = new() { ShopId = ShopId, Name = "静雅家居旗舰店", Zone = "Asia/Shanghai", Language = "zh-CN", Country = "CN", Currency = "CNY", Policy = "cn-default" };

    private static readonly Guid AgentId = Guid.Parse("0198f000-0000-7000-8000-000000000001");

    public static SignedIn Agent { get; } = new(
        new Actor(AgentId, "lin", new Dictionary<ShopId, FrozenSet<Permission>> { [ShopId] = Permissions.Of(Role.Agent) }.ToFrozenDictionary(), FrozenSet<Permission>.Empty),
        new User { UserId = AgentId, Name = "lin", DisplayName = "林小雨" },
        SignInStage.Complete,
        null,
        null,
        null);

    public static async Task<DeskModel> ModelAsync(string state, DeskReader reader, Texts texts, DateTimeOffset now)
    {
        var view = View(state, now);
        var problems = state == "refused" ? new[] { Problem.Of("note-required", "note") } : [];
        var card = CardOf(state, now);
        return new DeskModel(
            view with { Card = card },
            card is null ? null : await reader.CardOfAsync(card, texts.Language, default, problems: problems),
            state == "blocked" ? new DeskNotice(StatusKind.Warning, texts["desk.busy"], texts["desk.nothing-spent"], OffersNext: true) : null)
        {
            Phone = PhoneSamples.Of(state, now),
        };
    }

    private static DeskView View(string state, DateTimeOffset now) => new(
        now,
        state switch { "away" => AgentState.Away, "paused" => AgentState.Paused, _ => AgentState.Ready },
        state == "paused" ? "meal" : null,
        now.AddMinutes(-12),
        [
            Campaign(1, "付款提醒", Purpose.PaymentReminder, 148, now, state != "closed"),
            Campaign(2, "签收回访", Purpose.DeliveryCallBack, 63, now, state != "closed"),
        ],
        null,
        state == "closed" ? now.AddHours(4.2) : null,
        state is "paused" ? [new WaitingWrapUp(ShopId, Guid.Empty, Guid.Empty, WrapUpState.Later, now.AddMinutes(-40), "0917", "周敏", AgentId, "林小雨", true)] : [],
        new DeskDay(23, 15, 2, 22));

    private static DeskCampaign Campaign(int number, string name, Purpose purpose, int ready, DateTimeOffset now, bool open) => new(
        ShopId, Shop.Name, false, new Guid(number, 0, 0, new byte[8]), $"campaign-{number}", name, purpose, true, ready, open ? now.AddMinutes(48) : null, open ? null : now.AddHours(4.2));

    private static DeskCard? CardOf(string state, DateTimeOffset now)
    {
        var phase = state switch
        {
            "phone-held" or "phone-rings" => CardPhase.Held,
            "phone-calling" => CardPhase.Calling,
            "phone-talking" or "phone-hold" or "phone-transfer" => CardPhase.Talking,
            "held" => CardPhase.Held,
            "calling" => CardPhase.Calling,
            "talking" => CardPhase.Talking,
            "wrap-up" or "promise" or "refused" => CardPhase.WrapUp,
            "unknown" => CardPhase.Unknown,
            _ => (CardPhase?)null,
        };
        var card = phase is { } known ? Card(known, now, Draft(state)) : null;
        return card is not null && PhoneSamples.States.Contains(state) ? PhoneSamples.OnItsLine(card) : card;
    }

    public static DeskCard Card(CardPhase phase, DateTimeOffset now, CallDraft? draft = null) => new(
        ShopId, Shop.Name, "Asia/Shanghai", false, Guid.Parse("0198f000-0000-7000-8000-0000000000aa"), Guid.Empty, phase == CardPhase.Held ? null : Guid.Empty, phase,
        Guid.Empty, "付款提醒", Purpose.PaymentReminder, CallKind.First, "manual", new LineCapabilities(true, true, false), "payment-reminder", null,
        "1234", phase is CardPhase.Calling or CardPhase.Talking ? new PhoneNumber("+8618412345678", "1234") : null, ["Asia/Shanghai"],
        phase == CardPhase.Held ? now.AddSeconds(287) : null, phase == CardPhase.Held ? now.AddMinutes(47) : null, now.AddMinutes(48), null,
        phase switch { CardPhase.Calling => CallState.None, CardPhase.Talking => CallState.Answered, CardPhase.WrapUp => CallState.Completed, _ => CallState.None },
        phase == CardPhase.WrapUp ? WrapUpState.Open : WrapUpState.None,
        phase == CardPhase.Held ? null : now.AddSeconds(-200),
        null,
        phase is CardPhase.Talking or CardPhase.WrapUp ? now.AddSeconds(-180) : null,
        phase == CardPhase.WrapUp ? now.AddSeconds(-20) : null,
        Orders(now),
        [
            new EarlierContact
            {
                At = now.AddDays(-62), AttemptId = Guid.Empty, Purpose = Purpose.DeliveryCallBack, Outcome = "Satisfied", Reached = true, ReasonCodes = [],
                Note = "对上次的靠垫很满意，说颜色和图片一致。", OrderNos = ["3193000000000000101"], AgentName = "何静",
            },
        ],
        new Dictionary<string, string> { ["orderBy"] = "Value", ["chancePercent"] = "27", ["minutes"] = "4", ["value"] = "51.64" },
        0, true, Talk(now), draft ?? CallDraft.Empty, now.AddSeconds(-4), 0, AgentId);

    private static ScriptFacts Talk(DateTimeOffset now) => new(
        "zh-CN",
        "林小雨",
        new ScriptShop(Shop.Name, "CNY", ReturnDays: 7, PaymentMethods: "支付宝、微信、银行卡", ContactWay: "旺旺"),
        "吴慧兰",
        [.. Orders(now).Select(order => new ScriptOrder(
            OrderNo.Parse(order.OrderNo), order.Status, new Money(order.Amount, order.Currency), [.. order.Items.Select(item => new ScriptItem(item.Title, item.Quantity))], order.OrderedAt))],
        now,
        now.ToOffset(TimeSpan.FromHours(8)).DateTime);

    private static CallDraft Draft(string state) => state switch
    {
        "promise" => CallDraft.Empty with { Outcome = "AskedCallBack", Note = "下午开会，请四点半以后再打。" },
        "wrap-up" => CallDraft.Empty with { Outcome = "WillPay", Note = "忘了付款，今晚付。", Tasks = [new DraftTask("VoucherHandOut")] },
        "refused" => CallDraft.Empty with { Outcome = "NeedsHelp" },
        _ => CallDraft.Empty,
    };

    private static List<CardOrder> Orders(DateTimeOffset now) =>
    [
        new("3193482716650021834", OrderStatus.Unpaid, 689.00m, "CNY",
            [new("北欧实木床头柜 胡桃木色 免安装", "45cm 两抽", 1, 489m), new("羊羔绒午睡毯 加厚双层", "米白 150×200", 1, 200m)],
            "tb_whlan88", "吴慧兰", "浙江省", "杭州市", "请在周末送货", null, null, null, 0, now.AddHours(-5.2), null, null, null, now.AddMinutes(-38), "File", 0),
        new("3193482716650022007", OrderStatus.Unpaid, 76.50m, "CNY", [new("香薰蜡烛礼盒 三件套", null, 1, 76.5m)],
            "tb_whlan88", "吴慧兰", "浙江省", "杭州市", null, null, null, null, 0, now.AddHours(-4.9), null, null, null, now.AddMinutes(-38), "File", 0),
    ];
}
