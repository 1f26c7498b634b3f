using System.Text.Json;
using Callback.CallScripts;
using Callback.Campaigns;
using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Planning;
using Callback.Telephony;
using Callback.Windows;

namespace Callback.Calls;

/// <summary>Puts one card together, from a hold or from the attempt that came of it.</summary>
public sealed class CardReader(CampaignFactsReader campaigns, PersonalDataVault vault, Lines lines, CallScriptBook scripts)
{
    /// <param name="session">The transaction to read in.</param>
    /// <param name="agent">Who looks: a held card shows itself to its holder only, a number to the agent of the attempt only.</param>
    /// <param name="shop">The card's shop.</param>
    /// <param name="holdId">The card's token.</param>
    /// <param name="now">For windows and the talk.</param>
    /// <param name="ct">Cancels the reading.</param>
    internal async Task<DeskCard?> ReadAsync(Session session, Guid? agent, ShopId shop, Guid holdId, DateTimeOffset now, CancellationToken ct)
    {
        var attempt = await AttemptAsync(session, shop, holdId, ct);
        var queued = attempt is null && agent is { } holder ? await QueuedCall.PeekAsync(session, [shop], holder, holdId, ct) : null;
        if (attempt is null && queued is null)
            return null;
        var campaign = await campaigns.FindAsync(session, shop, attempt?.CampaignId ?? queued!.CampaignId, now, ct)
            ?? throw new InvalidOperationException("A call has its campaign: a foreign key says so.");
        var info = await ShopOfCall.ReadAsync(session, shop, ct);
        var orders = await OrdersAsync(session, shop, attempt, queued, ct);
        var draft = await Drafts.FindAsync(session, shop, holdId, ct) ?? (attempt is null ? null : await ResultAsync(session, attempt, ct));
        var basis = new Basis(campaign, info, orders, draft?.Draft ?? CallDraft.Empty, draft?.SavedAt, now);
        return attempt is null
            ? await HeldAsync(session, queued!, basis, agent!.Value, ct)
            : await CalledAsync(session, attempt, basis, agent, ct);
    }

    private static Task<Attempt?> AttemptAsync(Session session, ShopId shop, Guid holdId, CancellationToken ct) =>
        session.QuerySingleOrDefaultAsync<Attempt>(
            $"select {Attempt.Columns} from attempts where shop_id = @shop and hold_id = @holdId", new { shop, holdId }, ct);

    private static async Task<IReadOnlyList<CardOrder>> OrdersAsync(
        Session session, ShopId shop, Attempt? attempt, QueuedCall? queued, CancellationToken ct)
    {
        var numbers = await session.QueryAsync<(string OrderNo, short GrantNo)>(
            attempt is null
                ? "select order_no, grant_no from queued_call_orders where shop_id = @shop and queued_call_id = @id"
                : "select order_no, grant_no from attempt_rights where shop_id = @shop and attempt_id = @id",
            new { shop, id = attempt?.AttemptId ?? queued!.QueuedCallId },
            ct);
        return await CardOrders.ReadAsync(session, shop, [.. numbers.Select(number => (number.OrderNo, (int)number.GrantNo))], ct);
    }

    private async Task<DeskCard> HeldAsync(Session session, QueuedCall call, Basis basis, Guid agent, CancellationToken ct)
    {
        var zone = new ZoneKey(call.ZoneKey);
        var state = call.Kind == CallKind.Promised
            ? WindowPolicy.AtPromised(basis.Campaign.Policy, zone, basis.Now)
            : WindowPolicy.At(basis.Campaign.Policy, zone, basis.Now);
        var last = (state as WindowState.Open)?.ClosesAt;
        var line = basis.Shop.LineOf(basis.Campaign.Campaign) ?? basis.Campaign.Campaign.Settings.Line;
        return await CardAsync(session, basis, Core.Of(call, zone, line, basis.Campaign.Campaign.Settings), agent, null, ct) with
        {
            QueuedCallId = call.QueuedCallId,
            HeldUntil = call.HeldUntil,
            LastDialAt = last,
            WindowClosesAt = last + basis.Campaign.Policy.StartGuard,
            ClosedReason = (state as WindowState.Closed)?.Reason.ToString(),
            Why = Texts(call.Why),
            Skips = await session.QuerySingleAsync<int>(
                "select skips from queued_calls where shop_id = @ShopId and queued_call_id = @QueuedCallId", new { call.ShopId, call.QueuedCallId }, ct),
        };
    }

    private async Task<DeskCard> CalledAsync(Session session, Attempt attempt, Basis basis, Guid? agent, CancellationToken ct)
    {
        var line = lines[attempt.Line];
        var shown = line.Capabilities.ShowsNumber && attempt.AgentId == agent && attempt.State == AttemptState.Placed;
        var core = new Core(attempt.ShopId, attempt.HoldId, attempt.PhoneHash, new(attempt.ZoneKey), attempt.Kind, attempt.Line, attempt.CallScript, attempt.ScriptVersion);
        return await CardAsync(session, basis, core, attempt.AgentId, attempt.AttemptId, ct) with
        {
            AttemptId = attempt.AttemptId,
            Phase = Phase(attempt),
            PhoneLast4 = attempt.PhoneLast4,
            Number = shown ? attempt.Number(vault) : null,
            LastDialAt = attempt.WindowClosesAt,
            CallState = attempt.CallState,
            WrapUp = attempt.WrapUp,
            GatedAt = attempt.GatedAt,
            RingingAt = attempt.RingingAt,
            AnsweredAt = attempt.AnsweredAt,
            EndedAt = attempt.EndedAt,
            Why = JsonElement.Parse(attempt.GateFacts).TryGetProperty("why", out var why) ? Texts(why.GetRawText()) : new Dictionary<string, string>(),
            Revision = await session.QuerySingleAsync<int>(
                "select coalesce(max(revision), 0) from results where shop_id = @ShopId and attempt_id = @AttemptId", new { attempt.ShopId, attempt.AttemptId }, ct),
        };
    }

    private async Task<DeskCard> CardAsync(Session session, Basis basis, Core core, Guid agent, Guid? attempt, CancellationToken ct)
    {
        var campaign = basis.Campaign.Campaign;
        return new(
            core.Shop,
            basis.Shop.Name,
            basis.Shop.Zone,
            basis.Shop.Practice,
            core.HoldId,
            null,
            null,
            CardPhase.Held,
            campaign.CampaignId, campaign.Settings.Name, campaign.Purpose, core.Kind, core.Line, lines[core.Line].Capabilities,
            core.CallScript,
            core.ScriptVersion,
            await Last4Async(session, core, ct), null, core.Zone.Ids,
            null,
            null,
            null,
            null,
            CallState.None,
            WrapUpState.None,
            null,
            null,
            null,
            null,
            basis.Orders, await EarlierContacts.ReadAsync(session, core.Shop, core.PhoneHash, attempt, ct), new Dictionary<string, string>(), 0,
            basis.Orders.Any(order => order.Source == "File"),
            await TalkAsync(session, basis, core, agent, ct),
            basis.Draft, basis.DraftSavedAt, 0, agent);
    }

    private async Task<ScriptFacts> TalkAsync(Session session, Basis basis, Core core, Guid agent, CancellationToken ct) => CardTalk.Facts(
        basis.Shop,
        scripts.SpokenLanguage(core.CallScript, core.ScriptVersion, basis.Shop.Language),
        await CardTalk.AgentNameAsync(session, agent, ct),
        basis.Orders,
        basis.Campaign.Policy.Calendar,
        core.Zone,
        basis.Now);

    private static CardPhase Phase(Attempt attempt) => attempt switch
    {
        { State: AttemptState.Unknown or AttemptState.Spent } => CardPhase.Unknown,
        { State: AttemptState.Ended or AttemptState.NotPlaced } => CardPhase.WrapUp,
        { CallState: CallState.Answered } => CardPhase.Talking,
        _ => CardPhase.Calling,
    };

    private static async Task<string> Last4Async(Session session, Core core, CancellationToken ct) =>
        await session.QuerySingleOrDefaultAsync<string>(
            "select phone_last4 from orders where shop_id = @Shop and phone_hash = @PhoneHash limit 1", new { core.Shop, core.PhoneHash }, ct) ?? "";

    private static async Task<(CallDraft, DateTimeOffset)?> ResultAsync(Session session, Attempt attempt, CancellationToken ct) =>
        await session.QuerySingleOrDefaultAsync<Saved>(
            """
            select draft::text as draft, at
            from results
            where shop_id = @ShopId and attempt_id = @AttemptId
            order by revision desc
            limit 1
            """,
            new { attempt.ShopId, attempt.AttemptId },
            ct) is { } saved ? (CallDraftJson.Read(saved.Draft), saved.At) : null;

    private static Dictionary<string, string> Texts(string json) => JsonElement.Parse(json).EnumerateObject()
        .ToDictionary(figure => figure.Name, figure => figure.Value.ValueKind == JsonValueKind.String ? figure.Value.GetString()! : figure.Value.GetRawText());

    private sealed record Basis(
        CampaignFacts Campaign, ShopOfCall Shop, IReadOnlyList<CardOrder> Orders, CallDraft Draft, DateTimeOffset? DraftSavedAt, DateTimeOffset Now);

    private sealed record Core(ShopId Shop, Guid HoldId, byte[] PhoneHash, ZoneKey Zone, CallKind Kind, string Line, string CallScript, int? ScriptVersion)
    {
        public static Core Of(QueuedCall call, ZoneKey zone, string line, CampaignSettings settings) =>
            new(call.ShopId, call.HoldId, call.PhoneHash, zone, call.Kind, line, settings.CallScript, settings.ScriptVersion);
    }

    private sealed record Saved(string Draft, DateTimeOffset At);
}
