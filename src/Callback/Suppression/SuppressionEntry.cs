namespace Callback.Suppression;

/// <summary>What a suppression stands on.</summary>
public enum SuppressionScope
{
    Phone,
    Buyer,
    Order,
}

/// <summary>Who said so.</summary>
public enum SuppressionSource
{
    Customer,
    Agent,
    Scheduler,
    Import,

    /// <summary>The network: wrong number, not in service.</summary>
    Network,
    Api,
}

/// <summary>Who or what is not to be called.</summary>
public abstract record SuppressionTarget
{
    private SuppressionTarget()
    {
    }

    public sealed record OfPhone(PhoneNumber Phone) : SuppressionTarget;

    /// <param name="BuyerId">The platform's id, compared without case and width.</param>
    public sealed record OfBuyer(string BuyerId) : SuppressionTarget;

    public sealed record OfOrder(OrderNo OrderNo) : SuppressionTarget;

    /// <summary>As it was typed: a number, a buyer's id or an order number; the use case reads it in the shop's country.</summary>
    public sealed record Written(SuppressionScope Scope, string Value) : SuppressionTarget;

    /// <summary>A phone or a buyer by its blind index, as an export has it: only good for the shop it came from.</summary>
    public sealed record OfKey(SuppressionScope Scope, byte[] Key, string Label) : SuppressionTarget;
}

/// <summary>A reason not to call, as it stands in the shop's list.</summary>
/// <param name="Label">Last four digits, buyer id or order number.</param>
/// <param name="Purpose">Null: for every purpose.</param>
/// <param name="ExpiresAt">Null: until it is lifted.</param>
public sealed record SuppressionEntry(
    Guid SuppressionId,
    SuppressionScope Scope,
    string Label,
    Purpose? Purpose,
    string Reason,
    SuppressionSource Source,
    bool DoNotCall,
    string ActorName,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LiftedAt,
    string? LiftedBy)
{
    public bool AppliesAt(DateTimeOffset now) => LiftedAt is null && (ExpiresAt is null || ExpiresAt > now);
}
