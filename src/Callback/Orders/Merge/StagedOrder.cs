using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Callback.Database.PersonalData;

namespace Callback.Orders.Merge;

/// <summary>An incoming order as it goes to the database: phone encrypted and indexed, content fingerprinted.</summary>
internal sealed record StagedOrder(IncomingOrder Order, byte[]? BuyerKey, byte[]? PhoneCipher, byte[]? PhoneHash, string Items, byte[] ContentHash)
{
    private static readonly JsonSerializerOptions ItemForm = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static StagedOrder Of(ShopId shop, IncomingOrder order, PersonalDataVault vault)
    {
        var number = order.Phone.Number;
        var phoneHash = number is null ? null : vault.PhoneKey(shop, number);
        var items = JsonSerializer.Serialize(order.Items, ItemForm);
        return new(
            order,
            IsIdentity(order.BuyerId) ? vault.BuyerKey(shop, order.BuyerId!) : null,
            number is null ? null : vault.Encrypt(DataPlace.OrderPhone(shop, order.OrderNo.Value), number.Canonical),
            phoneHash,
            items,
            Fingerprint(order, phoneHash, items));
    }

    // A masked buyer id (t***7) is shared by many people and must not make one person of them.
    private static bool IsIdentity(string? buyerId) => buyerId is not null && !buyerId.Contains('*', StringComparison.Ordinal);

    /// <summary>Of what the source says; of the phone only its blind index, so that the fingerprint does not betray the number.</summary>
    private static byte[] Fingerprint(IncomingOrder order, byte[]? phoneHash, string items)
    {
        var content = new ContentBytes(2048 + (3 * items.Length));
        foreach (var text in (ReadOnlySpan<string?>)[
            order.Status.ToString(), order.BuyerId, order.BuyerName, order.Phone.Kind.ToString(), order.Zone, order.Country, order.Region, order.City, order.Postcode,
            order.Amount.Amount.ToString("0.00", CultureInfo.InvariantCulture), order.Amount.Currency, items, order.BuyerNote, order.SellerNote, order.Courier, order.TrackingNo,
            order.RefundedAmount.ToString("0.00", CultureInfo.InvariantCulture), order.CloseReason])
            content.Add(text);
        foreach (var time in (ReadOnlySpan<DateTimeOffset?>)[order.OrderedAt, order.PaidAt, order.ShippedAt, order.DeliveredAt, order.ClosedAt, order.PhoneExpiresAt])
            content.Add(time?.UtcTicks / TimeSpan.TicksPerMicrosecond ?? 0);
        content.Add(phoneHash);
        if (order.Cases != OrderCases.None)
            Add(ref content, order.Cases);
        return content.Hash();
    }

    /// <summary>Only where there is something, so that fingerprints kept before these fields existed still hold.</summary>
    private static void Add(ref ContentBytes content, OrderCases cases)
    {
        foreach (var text in (ReadOnlySpan<string?>)[
            cases.DeliveryProblem, cases.OutOfStockItem, cases.OutOfStockReason, cases.RefundReason, cases.ComplaintResult])
            content.Add(text);
        foreach (var time in (ReadOnlySpan<DateTimeOffset?>)[cases.DeliveryProblemAt, cases.OutOfStockAt, cases.RefundRequestedAt, cases.ComplaintClosedAt])
            content.Add(time?.UtcTicks / TimeSpan.TicksPerMicrosecond ?? 0);
        content.Add(cases.StockLeft ?? -1);
        content.Add(cases.OfferEndsOn?.DayNumber ?? -1);
    }

    /// <summary>Fields one after the other, each behind its length, so that no two contents give the same bytes.</summary>
    private ref struct ContentBytes(int size)
    {
        private byte[] bytes = new byte[size];
        private int length;

        public void Add(string? text)
        {
            var count = text is null ? 0 : Encoding.UTF8.GetByteCount(text);
            Add(text is null ? -1 : count);
            Encoding.UTF8.GetBytes(text ?? "", Room(count));
        }

        public void Add(byte[]? value)
        {
            Add(value?.Length ?? -1);
            value?.CopyTo(Room(value.Length));
        }

        public void Add(long number) => BinaryPrimitives.WriteInt64LittleEndian(Room(sizeof(long)), number);

        public readonly byte[] Hash() => SHA256.HashData(bytes.AsSpan(0, length));

        private Span<byte> Room(int count)
        {
            if (length + count > bytes.Length)
                Array.Resize(ref bytes, Math.Max(bytes.Length * 2, length + count));
            length += count;
            return bytes.AsSpan(length - count, count);
        }
    }
}
