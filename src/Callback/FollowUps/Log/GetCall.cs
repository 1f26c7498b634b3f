using Callback.Database;

namespace Callback.FollowUps.Log;

/// <summary>One call with every revision of its result.</summary>
public sealed record CallRecord(CallFactsRow Call, IReadOnlyList<string> OrderNos, IReadOnlyList<ResultRow> Results);

public sealed record CallFactsRow(
    Guid AttemptId, Purpose Purpose, string Kind, string CampaignName, Guid AgentId, string AgentName, string Line, string PhoneLast4, string State, string CallState,
    string WrapUp, DateTimeOffset GatedAt, DateTimeOffset WindowClosesAt, DateTimeOffset? RingingAt, DateTimeOffset? AnsweredAt, DateTimeOffset? EndedAt, string? Refusal,
    string CallScript, int ScriptVersion, Guid HoldId,
    string? AnsweredBy, int? SipCode, decimal? Price, string? PriceUnit, bool Abandoned);

/// <param name="Answers">JSON: node of the script to answer.</param>
/// <param name="Checklist">JSON: item to tick or waiver.</param>
/// <param name="Draft">JSON: the card as it was saved.</param>
public sealed record ResultRow(
    int Revision, string Outcome, string[] ReasonCodes, string Note, DateTimeOffset? PromisedAt, bool DoNotCall, string Answers, string Checklist, string? Draft, string ActorName, DateTimeOffset At);

/// <summary>Reads one call for its page.</summary>
public sealed class GetCall(Db db)
{
    private const string Call = """
        select a.attempt_id, a.purpose, a.kind, c.name as campaign_name, a.agent_id, u.display_name as agent_name, a.line, a.phone_last4, a.state, a.call_state,
            a.wrap_up, a.gated_at, a.window_closes_at, a.ringing_at, a.answered_at, a.ended_at, a.refusal, a.call_script, a.script_version, a.hold_id,
            a.answered_by, a.sip_code, a.price, a.price_unit, a.abandoned
        from attempts a
        join campaigns c on c.shop_id = a.shop_id and c.campaign_id = a.campaign_id
        join users u on u.user_id = a.agent_id
        where a.shop_id = @shop
            and a.attempt_id = @attemptId
            and (@self::uuid is null or a.agent_id = @self)
        """;

    private const string Orders = """
        select order_no
        from attempt_rights
        where shop_id = @shop
            and attempt_id = @attemptId
        order by order_no
        """;

    private const string Results = """
        select r.revision, r.outcome, r.reason_codes, r.note, r.promised_at, r.do_not_call, r.answers::text as answers, r.checklist::text as checklist, r.draft::text as draft,
            u.display_name as actor_name, r.at
        from results r
        join users u on u.user_id = r.actor_id
        where r.shop_id = @shop
            and r.attempt_id = @attemptId
        order by r.revision desc
        """;

    /// <returns>Null: there is no such call, or it is another agent's and the actor sees own calls only.</returns>
    public async Task<CallRecord?> RunAsync(Actor actor, ShopId shop, Guid attemptId, CancellationToken ct)
    {
        if (!actor.May(Permission.ViewLog, shop))
            actor.Demand(Permission.ViewOwnLog, shop);
        await using var session = await db.BeginAsync(shop, ct);
        var args = new { shop = shop.Value, attemptId, self = actor.May(Permission.ViewLog, shop) ? null : actor.UserId };
        if (await session.QuerySingleOrDefaultAsync<CallFactsRow>(Call, args, ct) is not { } call)
            return null;
        return new(call, await session.QueryAsync<string>(Orders, args, ct), await session.QueryAsync<ResultRow>(Results, args, ct));
    }
}
