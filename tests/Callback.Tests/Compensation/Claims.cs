using Callback.Compensation;
using Callback.Tests.Windows;

namespace Callback.Tests.Compensation;

/// <summary>One case, of which a test names only what matters: ¥100, paid and delivered to Shanghai, everything known and seen.</summary>
internal static class Claims
{
    public const string Shanghai = "Asia/Shanghai";

    /// <summary>A Wednesday, noon in Shanghai.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 11, 18, 4, 0, 0, TimeSpan.Zero);

    public static readonly PromiseBook Book = PromiseBook.Load(Shipped.ConfigFolder);

    public static T Terms<T>(PromiseKind kind) where T : PromiseTerms => (T)Book.Of(kind);

    public static ClaimCase Case(decimal paid = 100, DateTimeOffset? now = null) => new()
    {
        OrderNo = "T1",
        Currency = "CNY",
        Zone = Shanghai,
        Now = now ?? Noon,
        Paid = paid,
        PaidAt = Noon.AddDays(-5),
        ShippedAt = Noon.AddDays(-4),
        Delivered = true,
        DeliveredAt = Noon.AddDays(-2),
        Claimed = true,
        Proven = true,
        ReceiptConfirmed = false,
        Freight = 0,
        Agreed = 0,
    };

    public static Entitlement Of(PromiseKind kind, ClaimCase claim) => EntitlementPolicy.Of(Book.Of(kind), isOn: true, claim);

    public static decimal Part(this Entitlement owed, string code) => owed.Parts.Where(part => part.Code == code).Sum(part => part.Amount);
}
