namespace Callback.Compensation;

/// <summary>What is known of one order and one claim at the moment of deciding.</summary>
public sealed record ClaimCase
{
    public required string OrderNo { get; init; }

    /// <summary>ISO 4217, of every amount in it.</summary>
    public required string Currency { get; init; }

    /// <summary>IANA zone of the shop: its days are counted.</summary>
    public required string Zone { get; init; }

    /// <summary>The moment of the claim.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The amount actually paid; 0 for an order that is not paid.</summary>
    public decimal Paid { get; init; }

    public decimal Refunded { get; init; }

    public DateTimeOffset? PaidAt { get; init; }

    public DateTimeOffset? ShippedAt { get; init; }

    /// <summary>The goods are with the customer, whether or not the platform tells since when.</summary>
    public bool Delivered { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>When the order was over: closed by the platform, or delivered where the platform says no more.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Whether the customer confirmed the receipt on the platform; null: not known.</summary>
    public bool? ReceiptConfirmed { get; init; }

    /// <summary>The customer asks for it, or the talk gave the reason.</summary>
    public bool Claimed { get; init; }

    /// <summary>What proves it was seen: photos, an inspection, the courier's word.</summary>
    public bool Proven { get; init; }

    /// <summary>What sending cost the customer; null: not known yet, 0: nothing.</summary>
    public decimal? Freight { get; init; }

    /// <summary>What was agreed on with the customer; null: nothing yet.</summary>
    public decimal? Agreed { get; init; }

    /// <summary>How often goods of this order were sent again.</summary>
    public int EarlierReshipments { get; init; }

    /// <summary>This promise was kept for this order in another call.</summary>
    public bool GivenBefore { get; init; }

    /// <summary>What is left to pay back of the price.</summary>
    internal decimal Refundable => Math.Max(0, Paid - Refunded);
}
