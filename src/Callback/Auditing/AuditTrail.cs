using System.Text.Json;
using Callback.Database;

namespace Callback.Auditing;

/// <summary>Writes who did what into the shop's hash chain, in the transaction of the deed. Call it last: it locks the chain's head until the commit.</summary>
public static class AuditTrail
{
    /// <summary>The chain of acts that belong to no shop.</summary>
    public const string Installation = "-";

    /// <param name="session">The deed's transaction.</param>
    /// <param name="shop">The shop, or null for the installation's own chain.</param>
    /// <param name="actor">Who.</param>
    /// <param name="at">When.</param>
    /// <param name="action">noun.verb, for example <c>campaign.changed</c>, <c>phone.revealed</c>.</param>
    /// <param name="subject">What it was done to, for example <c>order:3193…</c>. Never a phone number or a name.</param>
    /// <param name="details">Anything that serialises to a JSON object; no personal data.</param>
    /// <param name="ct">Cancels before the statement is sent.</param>
    public static Task AppendAsync(
        Session session, ShopId? shop, Actor actor, DateTimeOffset at, string action, string subject, object details, CancellationToken ct) =>
        session.ExecuteAsync(
            "select audit_append(@shop, @at, @actorId, @actorName, @action, @subject, @details::jsonb)",
            new
            {
                shop = shop?.Value ?? Installation,
                at,
                actorId = actor.UserId,
                actorName = actor.Name,
                action,
                subject,
                details = JsonSerializer.Serialize(details, JsonSerializerOptions.Web),
            },
            ct);
}
