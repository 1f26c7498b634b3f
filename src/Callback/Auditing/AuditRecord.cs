namespace Callback.Auditing;

/// <summary>One act, as the audit shows it.</summary>
public sealed class AuditRecord
{
    public const string Columns = "shop_id as chain, at, seq, actor_id, actor_name, action, subject, details::text as details";

    /// <summary>The shop, or <c>-</c> for the installation.</summary>
    public string Chain { get; init; } = "";

    public DateTimeOffset At { get; init; }

    /// <summary>1, 2, 3 … within the chain, without gaps.</summary>
    public long Seq { get; init; }

    public Guid? ActorId { get; init; }

    public string ActorName { get; init; } = "";

    public string Action { get; init; } = "";

    public string Subject { get; init; } = "";

    /// <summary>JSON.</summary>
    public string Details { get; init; } = "";
}
