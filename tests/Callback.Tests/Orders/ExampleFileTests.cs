using Callback.Orders;
using Callback.Orders.Formats;

namespace Callback.Tests.Orders;

/// <summary>Two invented files with the quirks of real ones: a Taobao order list in GBK and a Douyin list in UTF-8 with a byte order mark.</summary>
public sealed class ExampleFileTests(OrdersGround ground) : IClassFixture<OrdersGround>
{
    private static byte[] Example(string name) => File.ReadAllBytes(Path.Combine(OrdersGround.RepositoryRoot, "tests", "Callback.Tests", "Orders", "Examples", name));

    private sealed record Kept(string OrderNo, OrderStatus Status, PhoneKind PhoneKind, string? PhoneLast4, decimal Amount, string Region, string City, string? Courier, DateTimeOffset AsOf);

    [Fact]
    public async Task The_Taobao_example_comes_in_whole_and_is_as_of_its_name()
    {
        await ground.EmptyAsync();
        var result = await ground.ImportAsync(Example("taobao-example-gbk.csv"), "ExportOrderList202611211000.csv");
        var done = Assert.IsType<ImportResult.Done>(result).Summary;
        Assert.Equal(("taobao", 6, 6, 0, 0, 0), (done.Format, done.Read, done.New, done.Changed, done.Unchanged, done.Rejected));
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 2, 0, 0, TimeSpan.Zero), done.AsOf);

        var orders = await ground.QueryAsync<Kept>("select order_no, status, phone_kind, phone_last4, amount, region, city, courier, as_of from orders order by order_no");
        Assert.Equal(
            [
                (OrderStatus.Unpaid, PhoneKind.Mobile), (OrderStatus.Unpaid, PhoneKind.Privacy), (OrderStatus.Paid, PhoneKind.Masked),
                (OrderStatus.Shipped, PhoneKind.Privacy), (OrderStatus.Delivered, PhoneKind.Mobile), (OrderStatus.Closed, PhoneKind.Mobile),
            ],
            orders.Select(order => (order.Status, order.PhoneKind)));
        Assert.Equal("3193067985817064701", orders[0].OrderNo);
        Assert.All(orders, order => Assert.Equal(("浙江", "杭州市"), (order.Region, order.City)));
        Assert.Equal("中通快递", orders[3].Courier);
        var titles = await ground.QueryAsync<string>("select items->0->>'title' from orders order by order_no limit 2");
        Assert.Equal(["大码男童装,加绒\"潮牌\"卫衣", "儿童羽绒服 换行\n标题"], titles.Select(title => title.ReplaceLineEndings("\n")));
        var expiry = await ground.QueryAsync<DateTimeOffset?>("select phone_expires_at from orders where order_no = '3193067985817064702'");
        Assert.Equal(new DateTimeOffset(2026, 12, 19, 16, 0, 0, TimeSpan.Zero), expiry[0]);
        var candidates = await ground.QueryAsync<string>("select purpose || ' ' || right(order_no, 2) from candidates order by order_no");
        Assert.Equal(["PaymentReminder 01", "PaymentReminder 02", "DeliveryCallBack 05"], candidates);
    }

    [Fact]
    public async Task The_Douyin_example_comes_in_through_a_format_of_the_shops_own()
    {
        await ground.EmptyAsync();
        var folder = Directory.CreateTempSubdirectory("callback-formats");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, OrderFormatBook.Folder));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, OrderFormatBook.Folder, "douyin.yaml"), Douyin);
            await using var file = new MemoryStream(Example("douyin-example-utf8bom.csv"));
            var result = await ground.Importer(formats: OrderFormatBook.Load(folder.FullName))
                .RunAsync(OrdersGround.Clerk, new ImportOrdersInput(OrdersGround.Shop, file, "douyin.csv"), CancellationToken.None);
            Assert.Equal((1, 1, 0), (result.Summary.Read, result.Summary.New, result.Summary.Rejected));
            var orders = await ground.QueryAsync<(string OrderNo, string Status, string PhoneKind, decimal Amount)>("select order_no, status, phone_kind, amount from orders");
            Assert.Equal([("6917926768823643751", "Unpaid", "Masked", 28.90m)], orders);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private const string Douyin =
        """
        name: douyin
        title: { zh-CN: 抖音, en: Douyin }
        requires: [主订单编号, 子订单编号, 订单提交时间]
        rows: item
        amountOf: row
        zone: Asia/Shanghai
        columns:
          orderNo: [主订单编号]
          phone: [收件人手机号]
          amount: [订单应付金额]
          itemTitle: [选购商品]
          itemQuantity: [商品数量]
          itemSku: [商家编码]
          orderedAt: [订单提交时间]
          shippedAt: [发货时间]
          deliveredAt: [订单完成时间]
        status:
          - columns: [订单状态]
            words: { 待支付: Unpaid, 已发货: Shipped, 已完成: Delivered, 已关闭: Closed }
        dates: ["yyyy-MM-dd HH:mm:ss"]
        """;
}
