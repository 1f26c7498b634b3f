using Callback.Database;

namespace Callback.Calls;

/// <summary>The log's rows about the person of a card, newest first; the log itself has the rest.</summary>
internal static class EarlierContacts
{
    private const int MostContacts = 20;

    public static async Task<IReadOnlyList<EarlierContact>> ReadAsync(Session session, ShopId shop, byte[] phoneHash, Guid? attempt, CancellationToken ct) =>
        [.. (await session.QueryAsync<ContactRow>(
            """
            select at, attempt_id, purpose, outcome, reached, reason_codes, note, promised, order_nos, agent_name
            from follow_ups
            where shop_id = @shop and phone_hash = @phoneHash and attempt_id is distinct from @attempt
            order by at desc, attempt_id
            limit @MostContacts
            """,
            new { shop, phoneHash, attempt, MostContacts },
            ct)).Select(row => row.ToContact())];

    private sealed class ContactRow
    {
        public DateTimeOffset At { get; init; }
        public Guid AttemptId { get; init; }
        public Purpose Purpose { get; init; }
        public string Outcome { get; init; } = "";
        public bool Reached { get; init; }
        public string[] ReasonCodes { get; init; } = [];
        public string Note { get; init; } = "";
        public string? Promised { get; init; }
        public string[] OrderNos { get; init; } = [];
        public string AgentName { get; init; } = "";

        public EarlierContact ToContact() => new()
        {
            At = At,
            AttemptId = AttemptId,
            Purpose = Purpose,
            Outcome = Outcome,
            Reached = Reached,
            ReasonCodes = ReasonCodes,
            Note = Note,
            Promised = Promised,
            OrderNos = OrderNos,
            AgentName = AgentName,
        };
    }
}
