using System.Globalization;
using Callback.Orders;

namespace Callback.Practice;

/// <summary>Invents the order that a practice call is about, as the shop's platform could tell it.</summary>
internal static class PracticeOrders
{
    private static readonly (Label Title, decimal Price)[] Goods =
    [
        (new("soft leather slip-on shoes", "真皮软底平底鞋"), 168.00m), (new("a knitted cardigan, cream", "针织开衫 米白"), 129.00m), (new("a child's rain jacket", "儿童雨衣 带书包位"), 59.00m),
        (new("a cotton bedding set", "纯棉四件套"), 239.00m), (new("a thermos bottle, half a litre", "保温杯 500毫升"), 79.00m), (new("running shoes, breathable", "透气跑步鞋"), 219.00m),
    ];

    /// <param name="no">Unique in the shop; its figures make the number that nobody has.</param>
    /// <param name="call">The call it is for; the same call brings the same goods.</param>
    /// <param name="shop">Where it is bought.</param>
    /// <param name="place">Which order of the practice shop it is, from 1.</param>
    /// <param name="now">The order is as old as its purpose asks for.</param>
    public static OrderDocument Make(OrderNo no, CourseCall call, PracticeShop shop, long place, DateTimeOffset now)
    {
        var (title, price) = Goods[call.Seed % Goods.Length];
        var order = new OrderDocument(
            no.Value, OrderStatus.Unpaid, now.AddHours(-3), price, shop.Currency,
            // 184 with 0 to 4 behind it is given out by no network; and nothing rings here anyway. A number of its own for every order: what is recorded about one customer binds no other.
            Phone: string.Create(CultureInfo.InvariantCulture, $"+86184{10000 + place:00000000}"),
            BuyerId: $"practice_{place}",
            BuyerName: call.Customer.Name.In(shop.Language),
            Zone: shop.Zone,
            Items: [new OrderItem(title.In(shop.Language), 1, price)]);
        return call.Purpose switch
        {
            Purpose.PaymentReminder => order,
            Purpose.DeliveryCallBack => Delivered(order, shop, now),
            Purpose.DeliveryProblem => Shipped(order, shop, now) with { DeliveryProblemAt = now.AddHours(-30), DeliveryProblem = Words(shop, "left the sorting centre two days ago", "两天前离开分拨中心") },
            Purpose.OutOfStock => Paid(order, now) with { OutOfStockAt = now.AddHours(-2), OutOfStockItem = title.In(shop.Language), OutOfStockReason = Words(shop, "a flaw was found in the last piece", "最后一件验货时发现瑕疵") },
            Purpose.RefundOrDispute => Delivered(order, shop, now) with { RefundRequestedAt = now.AddHours(-3), RefundReason = Words(shop, "does not look like the picture", "与图片不符") },
            _ => Delivered(order, shop, now) with { ComplaintClosedAt = now.AddDays(-2), ComplaintResult = Words(shop, "exchanged for another one", "已换货") },
        };
    }

    private static OrderDocument Paid(OrderDocument order, DateTimeOffset now) => order with { Status = OrderStatus.Paid, OrderedAt = now.AddDays(-1), PaidAt = now.AddDays(-1).AddMinutes(5) };

    private static OrderDocument Shipped(OrderDocument order, PracticeShop shop, DateTimeOffset now) => Paid(order, now) with
    {
        Status = OrderStatus.Shipped,
        OrderedAt = now.AddDays(-6),
        PaidAt = now.AddDays(-6).AddMinutes(5),
        ShippedAt = now.AddDays(-5),
        Courier = Words(shop, "Linden Parcel", "林间速运"),
        TrackingNo = $"LX{order.Phone![^8..]}",
    };

    private static OrderDocument Delivered(OrderDocument order, PracticeShop shop, DateTimeOffset now) => Shipped(order, shop, now) with { Status = OrderStatus.Delivered, DeliveredAt = now.AddDays(-2) };

    private static string Words(PracticeShop shop, string en, string zh) => new Label(en, zh).In(shop.Language);
}

/// <summary>What an invented order takes from its shop.</summary>
internal sealed record PracticeShop(bool Practice, string Language, string Zone, string Currency);
