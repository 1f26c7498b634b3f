using System.Text.Json;
using Callback.Windows;

namespace Callback.Planning;

/// <summary>One row of the facts' statement.</summary>
internal sealed class FactsRow
{
    /// <summary>Which of the questions it answers.</summary>
    public int Asked { get; init; }
    public string OrderNo { get; init; } = "";
    public OrderStatus Status { get; init; }
    public decimal Amount { get; init; }
    public string Currency { get; init; } = "";
    public DateTimeOffset? AgeFrom { get; init; }
    public DateTimeOffset? RefundRequestedAt { get; init; }
    public DateTimeOffset? ComplaintClosedAt { get; init; }
    public string PhoneKind { get; init; } = "";
    public DateTimeOffset? PhoneExpiresAt { get; init; }
    public byte[]? PhoneHash { get; init; }
    public byte[]? BuyerKey { get; init; }
    public string? Zone { get; init; }
    public string? Country { get; init; }
    public string? Region { get; init; }
    public string? Postcode { get; init; }
    public string? PhoneRegion { get; init; }
    public DateTimeOffset AsOf { get; init; }
    public bool FromApi { get; init; }
    public Guid? SuppressionId { get; init; }
    public string? Scope { get; init; }
    public bool? DoNotCall { get; init; }
    public string? Reason { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? SuppressedAt { get; init; }
    public DateTimeOffset? SpentAt { get; init; }
    public string? Grants { get; init; }
    public DateTime[]? CalledAt { get; init; }
    public bool[]? Talked { get; init; }
    public bool LiveCall { get; init; }
    public Guid? QueuedCallId { get; init; }

    public ZoneSources Sources(string shopZone) => new(Zone, Country, Region, Postcode, PhoneRegion, shopZone);

    public CallFacts ToFacts(CampaignFacts campaign, DateTimeOffset readAt, ZoneKey? zone) => new()
    {
        Campaign = campaign,
        OrderNo = Callback.OrderNo.Parse(OrderNo),
        Status = Status,
        Amount = new(Amount, Currency),
        AgeFrom = AgeFrom,
        RefundRequestedAt = RefundRequestedAt,
        ComplaintClosedAt = ComplaintClosedAt,
        PhoneKind = PhoneKind,
        PhoneExpiresAt = PhoneExpiresAt,
        PhoneKey = PhoneHash,
        BuyerKey = BuyerKey,
        Zone = zone,
        AsOf = AsOf,
        ReadAt = readAt,
        FromApi = FromApi,
        Suppression = SuppressionId is { } id ? new(id, Scope!, DoNotCall!.Value, Reason!, ExpiresAt, SuppressedAt!.Value) : null,
        SpentAt = SpentAt,
        Grants = Grants is null ? [] : JsonSerializer.Deserialize<GrantFact[]>(Grants, GrantJson)!,
        PersonCalls = CalledAt is null ? [] : [.. CalledAt.Zip(Talked!, (at, talked) => new PersonCall(new(at), talked))],
        LiveCall = LiveCall,
        QueuedCallId = QueuedCallId,
    };

    private static readonly JsonSerializerOptions GrantJson = new(JsonSerializerDefaults.Web)
    {
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() },
    };
}
