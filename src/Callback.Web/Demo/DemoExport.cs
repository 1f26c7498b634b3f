using System.Globalization;
using System.Text;

namespace Callback.Web.Demo;

/// <summary>An invented export file.</summary>
/// <param name="Name">As the platform names it, with the time of the export.</param>
/// <param name="Content">CSV in GB18030.</param>
internal sealed record DemoFile(string Name, byte[] Content);

/// <summary>
/// Makes some 300 invented Taobao orders as the platform would export them at a given moment: of 62 unpaid and 84 delivered ones the age is right for a call, the others show why
/// an order is not called. Numbers begin with 1990000 and 1840000, which no network has given out; the same moment makes the same file.
/// </summary>
internal sealed class DemoExport
{
    private const string Header =
        "订单编号,买家会员名,买家会员昵称,支付单号,支付详情,买家应付货款,买家应付邮费,买家支付积分,总金额,返点积分,买家实际支付金额,买家实际支付积分,订单状态,买家留言,收货人姓名,收货地址,运送方式," +
        "联系电话,联系手机,虚拟号过期时间,订单创建时间,订单付款时间,宝贝标题,宝贝种类,物流单号,物流公司,订单备注,宝贝总数量,店铺Id,店铺名称,订单关闭原因,退款金额,确认收货时间,发货时间,商家备忘,主订单编号";

    private readonly Random random;
    private readonly DateTime now;
    private readonly StringBuilder csv = new(Header + "\r\n");
    private readonly Queue<DemoPerson> regulars = [];
    private int count;

    private DemoExport(DateTime now)
    {
        this.now = now;
        random = new(now.Year * 1000 + now.DayOfYear);
    }

    /// <param name="localNow">The export's moment on Chinese clocks.</param>
    public static DemoFile Make(DateTime localNow)
    {
        var export = new DemoExport(localNow);
        export.AddAll();
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
        return new($"ExportOrderList{localNow:yyyyMMddHHmm}.csv", encoding.GetBytes(export.csv.ToString()));
    }

    private void AddAll()
    {
        Many(62, () => Unpaid(Between(0.8, 68), DemoPhone.Number));
        Many(8, () => Unpaid(Between(1, 60), DemoPhone.Masked));
        Many(5, () => Unpaid(Between(0.05, 0.3), DemoPhone.Number));
        Many(5, () => Unpaid(Between(80, 200), DemoPhone.Number));
        Many(84, () => Delivered(Between(26, 14 * 24), DemoPhone.Number));
        Many(10, () => Delivered(Between(26, 14 * 24), DemoPhone.Masked));
        Many(8, () => Delivered(Between(1, 20), DemoPhone.Number));
        Many(8, () => Delivered(Between(16 * 24, 30 * 24), DemoPhone.Number));
        Many(50, () => Paid(Between(1, 30)));
        Many(42, () => Shipped(Between(30, 120)));
        Many(10, () => Closed(Between(24, 240)));
        Many(8, () => Refunded(Between(48, 300)));
    }

    private void Unpaid(double hours, DemoPhone phone) => Add(new("等待买家付款", hours, phone));

    private void Paid(double hours) => Add(new("买家已付款，等待卖家发货", hours, DemoPhone.Number, Paid: true));

    private void Shipped(double hours) => Add(new("卖家已发货，等待买家确认", hours, DemoPhone.Number, Paid: true, Sent: true));

    private void Delivered(double hours, DemoPhone phone) => Add(new("交易成功", hours + Between(40, 90), phone, Paid: true, Sent: true, DeliveredHours: hours));

    private void Closed(double hours) => Add(new("交易关闭", hours, DemoPhone.Number, CloseReason: "买家未付款，系统自动关闭"));

    private void Refunded(double hours) => Add(new("交易关闭", hours, DemoPhone.Number, Paid: true, CloseReason: "买家申请退款", Refunded: true));

    private void Add(DemoOrder order)
    {
        var person = Person();
        var orderedAt = now.AddHours(-order.Hours);
        var (title, price) = DemoGoods.Pick(random);
        var quantity = random.Next(10) == 0 ? 2 : 1;
        var total = Amount(price * quantity);
        var number = $"{3_193_000_000_000_000_000 + (long)now.DayOfYear * 10_000_000 + ++count * 1000 + person.Id % 1000}";
        var (mobile, expires) = Phone(order.Phone, person, orderedAt);
        var (tracking, courier) = order.Sent ? DemoGoods.Parcel(random) : ("", "");
        Row(
            Wrapped(number), person.BuyerId, "", Wrapped("2026" + number), "", total, "0.00", "0", total, "0", order.Paid ? total : "0.00", "0", order.Status,
            random.Next(9) == 0 ? DemoGoods.Wish(random) : "", person.Name, person.Address, "快递", "", "'" + mobile, expires, Time(orderedAt), order.Paid ? Time(orderedAt.AddMinutes(3)) : "",
            title, "1", tracking, courier, "", $"{quantity}", "0", "梅子童装旗舰店", order.CloseReason ?? "订单未关闭", order.Refunded ? total : "0.00",
            order.DeliveredHours is { } hours ? Time(now.AddHours(-hours)) : "", order.Sent ? Time(orderedAt.AddHours(14)) : "", "", Wrapped(number));
    }

    /// <summary>Every eighth order is of somebody who has one already.</summary>
    private DemoPerson Person()
    {
        if (count % 8 == 7 && regulars.TryDequeue(out var known))
            return known;
        var person = DemoPerson.Invent(random, count);
        if (count % 3 == 0)
            regulars.Enqueue(person);
        return person;
    }

    private (string Mobile, string Expires) Phone(DemoPhone wanted, DemoPerson person, DateTime orderedAt)
    {
        if (wanted == DemoPhone.Masked)
            return ($"199****{person.Id % 10_000:0000}", "");
        return person.Id % 4 == 0
            ? ($"1840000{person.Id:0000}-{random.Next(10_000):0000}", Time(orderedAt.AddDays(40)))
            : ($"1990000{person.Id:0000}", "");
    }

    private void Row(params string[] cells) => csv.AppendJoin(',', cells.Select(Quoted)).Append("\r\n");

    private double Between(double from, double to) => from + random.NextDouble() * (to - from);

    private static void Many(int times, Action add)
    {
        for (var i = 0; i < times; i++)
            add();
    }

    private static string Quoted(string cell) => cell.AsSpan().ContainsAny(",\"\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    private static string Wrapped(string number) => $"=\"{number}\"";

    private static string Amount(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Time(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <param name="Hours">Age of the order.</param>
    private sealed record DemoOrder(
        string Status, double Hours, DemoPhone Phone, bool Paid = false, bool Sent = false, double? DeliveredHours = null, string? CloseReason = null, bool Refunded = false);
}

internal enum DemoPhone
{
    Number,
    Masked,
}
