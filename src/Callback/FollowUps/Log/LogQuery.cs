using Callback.Database;
using Callback.Windows;
using Dapper;

namespace Callback.FollowUps.Log;

/// <summary>Turns a filter into the one statement that reads the log: only the clauses that are asked for, so that each keeps its index.</summary>
internal sealed class LogQuery
{
    private const string ByOrder = """
        (f.at, f.attempt_id) in (
            select a.gated_at, a.attempt_id
            from attempt_rights r
            join attempts a on a.shop_id = r.shop_id and a.attempt_id = r.attempt_id
            where r.shop_id = @shop
                and r.order_no = @orderNo)
        """;

    private readonly List<string> clauses = ["f.shop_id = @shop"];

    public DynamicParameters Parameters { get; } = new();

    public string Sql(string limit) => $"""
        select f.at, f.attempt_id, f.revision, f.campaign_id, c.name as campaign_name, f.purpose, f.agent_id, f.agent_name, f.order_nos,
            f.buyer_id, f.buyer_name, f.phone_last4, f.products, f.amount, f.currency, f.outcome, f.reached, f.reason_codes,
            f.arrived, f.product_satisfaction, f.courier_satisfaction, f.suggestion, f.problem, f.promised, f.promised_at, f.compensation,
            f.note, f.talk_seconds, f.wording
        from follow_ups f
        join campaigns c on c.shop_id = f.shop_id and c.campaign_id = f.campaign_id
        where {string.Join("\n    and ", clauses)}
        order by f.at desc, f.attempt_id desc
        {limit}
        """;

    public static async Task<LogQuery> BuildAsync(
        Session session, Actor actor, ShopId shop, LogFilter filter, LogCursor? after, CancellationToken ct)
    {
        var query = new LogQuery();
        query.Parameters.Add("shop", shop.Value);
        if (!actor.May(Permission.ViewLog, shop))
            query.Narrow("f.agent_id = @self", "self", actor.UserId);
        await query.NarrowDaysAsync(session, shop, filter, ct);
        query.Narrow("f.campaign_id = @campaign", "campaign", filter.CampaignId);
        query.Narrow("f.purpose = @purpose", "purpose", filter.Purpose?.ToString());
        query.Narrow("f.outcome = @outcome", "outcome", Given(filter.Outcome));
        query.Narrow("f.reason_codes @> array[@reason]", "reason", Given(filter.Reason));
        query.Narrow("f.agent_id = @agent", "agent", filter.AgentId);
        if (Given(filter.OrderNo) is { } orderNo)
            query.Narrow(ByOrder, "orderNo", OrderNo.TryParse(orderNo)?.Value ?? orderNo);
        if (Given(filter.Person) is { } person)
            query.Narrow("f.phone_hash = @person", "person", PersonKey(person));
        if (Given(filter.Text) is { } text)
            query.Narrow("f.note ilike @text", "text", $"%{text.Replace("\\", @"\\").Replace("%", @"\%").Replace("_", @"\_")}%");
        if (Given(filter.Wording) is { } wording)
        {
            query.clauses.Add("f.has_wording");
            query.Narrow("f.wording @> array[@wording]", "wording", wording == LogFilter.AnyWording ? null : wording);
        }
        if (after is not null)
        {
            query.Narrow("(f.at, f.attempt_id) < (@afterAt, @afterId)", "afterAt", after.At);
            query.Parameters.Add("afterId", after.AttemptId);
        }
        return query;
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private void Narrow(string clause, string name, object? value)
    {
        if (value is null)
            return;
        clauses.Add(clause);
        Parameters.Add(name, value);
    }

    private async Task NarrowDaysAsync(Session session, ShopId shop, LogFilter filter, CancellationToken ct)
    {
        if (filter.FromOn is null && filter.ToOn is null)
            return;
        var zone = await session.QuerySingleAsync<string>("select zone from shops where shop_id = @shop", new { shop = shop.Value }, ct);
        Narrow("f.at >= @from", "from", filter.FromOn is { } from ? LocalTimePolicy.ToInstant(from.ToDateTime(TimeOnly.MinValue), zone) : null);
        Narrow("f.at < @until", "until", filter.ToOn is { } to ? LocalTimePolicy.ToInstant(to.AddDays(1).ToDateTime(TimeOnly.MinValue), zone) : null);
    }

    private static byte[] PersonKey(string hex) => hex.Length == 64 && hex.All(char.IsAsciiHexDigit)
        ? Convert.FromHexString(hex)
        : throw new InvalidInputException(Problem.Of("person-key-invalid", "person"));
}
