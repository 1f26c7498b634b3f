using System.Text;
using Callback.Orders;

namespace Callback.Tests.Orders;

/// <summary>The order list of Taobao and Tmall, with the header sets of all years and the quirks of re-saved files.</summary>
public sealed class TaobaoFormatTests(OrdersGround ground) : IClassFixture<OrdersGround>, IAsyncLifetime
{
    public const string Header2016 =
        "订单编号,买家会员名,买家支付宝账号,买家应付货款,买家应付邮费,买家支付积分,总金额,返点积分,买家实际支付金额,买家实际支付积分,订单状态,买家留言,收货人姓名,收货地址 ,运送方式,联系电话 ,联系手机,订单创建时间,订单付款时间 ,宝贝标题 ,宝贝种类 ,物流单号 ,物流公司,订单备注,宝贝总数量,店铺Id,店铺名称,订单关闭原因,卖家服务费,买家服务费,发票抬头,是否手机订单,分阶段订单信息,特权订金订单id,定金排名,修改后的sku,修改后的收货地址,异常信息,天猫卡券抵扣,集分宝抵扣,是否是O2O交易";

    private static readonly string Header2018 =
        Header2016.Replace("买家支付宝账号,", "买家支付宝账号,支付单号,支付详情,", StringComparison.Ordinal) +
        ",新零售交易类型,新零售导购门店名称,新零售导购门店id,新零售发货门店名称,新零售发货门店id,退款金额,预约门店,确认收货时间,打款商家金额,含应开票给个人的个人红包,是否信用购,前N有礼,配送类型,直播返现状态,返现金额,延迟发货自动赔付金额,新零售成交门店昵称,主订单编号";

    private static readonly string Header2022 =
        Header2018.Replace("买家支付宝账号", "买家会员昵称", StringComparison.Ordinal).Replace("联系手机,", "联系手机,虚拟号过期时间,", StringComparison.Ordinal) + ",预售订单,发货时间,商家备忘";

    public Task InitializeAsync() => ground.EmptyAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    public static TheoryData<int, string> Years => new()
    {
        { 2016, Header2016 },
        { 2018, Header2018 },
        { 2022, Header2022 },
        { 2026, string.Join(',', Header2022.Split(',').Reverse()) },
        { 2030, "一列新的," + Header2022 + ",又一列" },
    };

    /// <summary>A row of a header: the cells that are named, the others empty.</summary>
    public static string Row(string header, params (string Column, string Value)[] cells) =>
        string.Join(',', header.Split(',').Select(column => cells.FirstOrDefault(cell => cell.Column == column.Trim()).Value ?? ""));

    private static (string, string)[] Usual(params (string Column, string Value)[] changes) =>
    [
        .. changes,
        .. new[]
        {
            ("订单编号", "\"=\"\"3193067985817064701\"\"\""), ("买家会员名", "t_1"), ("总金额", "59.80"), ("订单状态", "等待买家付款"), ("收货人姓名", "测试"), ("收货地址", "浙江省 杭州市 余杭区 测试路 1号(311100)"),
            ("联系手机", "'13800138000"), ("订单创建时间", "2026-11-20 21:03:11"), ("宝贝标题", "卫衣"), ("宝贝总数量", "1"),
        }.Where(usual => !changes.Any(change => change.Column == usual.Item1)),
    ];

    private async Task<RejectedRow> RejectionAsync(params (string, string)[] changes)
    {
        var result = await ground.ImportAsync(Header2022 + "\n" + Row(Header2022, Usual(changes)) + "\n");
        Assert.Equal((1, 1), (result.Summary.Read, result.Summary.Rejected));
        return (await ground.RejectedAsync(result)).Single();
    }

    private async Task<T> OrderAsync<T>(string columns, params (string, string)[] changes)
    {
        var result = await ground.ImportAsync(Header2022 + "\n" + Row(Header2022, Usual(changes)) + "\n");
        Assert.Equal((1, 0), (result.Summary.New, result.Summary.Rejected));
        return (await ground.QueryAsync<T>($"select {columns} from orders")).Single();
    }

    [Theory]
    [MemberData(nameof(Years))]
    public async Task Headers_of_every_year_and_sequence_are_recognised_in_GBK_and_UTF8(int year, string header)
    {
        foreach (var encoding in (Encoding[])[OrdersGround.Gbk, new UTF8Encoding(false), new UTF8Encoding(true), Encoding.Unicode])
        {
            await ground.EmptyAsync();
            var bytes = encoding.GetPreamble().Concat(encoding.GetBytes(header + "\r\n" + Row(header, Usual(("订单创建时间", "2026/11/20 21:03"))) + "\r\n")).ToArray();
            var result = await ground.ImportAsync(bytes);
            Assert.Equal((year, "taobao", 1, 0), (year, result.Summary.Format, result.Summary.New, result.Summary.Rejected));
            Assert.Equal([("3193067985817064701", "Mobile", "浙江")], await ground.QueryAsync<(string, string, string)>("select order_no, phone_kind, region from orders"));
        }
    }

    [Theory]
    [InlineData("等待买家付款", "Unpaid")]
    [InlineData("买家已付款，等待卖家发货", "Paid")]
    [InlineData("买家已付款,等待卖家发货", "Paid")]
    [InlineData(" 买家已付款， 等待卖家发货 ", "Paid")]
    [InlineData("卖家已发货，等待买家确认", "Shipped")]
    [InlineData("交易成功", "Delivered")]
    [InlineData("已签收", "Delivered")]
    [InlineData("已收货", "Delivered")]
    [InlineData("待评价", "Delivered")]
    [InlineData("已结算", "Delivered")]
    [InlineData("退款成功", "Refunded")]
    [InlineData("交易关闭", "Closed")]
    public async Task Status_words_are_known(string word, string status) =>
        Assert.Equal(status, await OrderAsync<string>("status", ("订单状态", $"\"{word}\"")));

    [Fact]
    public async Task An_unknown_status_word_is_rejected_never_guessed()
    {
        var row = await RejectionAsync(("订单状态", "等待火星付款"));
        Assert.Equal((2, "订单状态", "等待火星付款", RejectReason.StatusUnknown), (row.Line, row.Column, row.Value, row.Reason));
        Assert.Contains("t_1", row.Cells);
    }

    [Theory]
    [InlineData("3.19307E+18", RejectReason.NumberLost)]
    [InlineData("3.19306798581706E+018", RejectReason.NumberLost)]
    [InlineData("=\"\"", RejectReason.OrderNoMissing)]
    [InlineData("", RejectReason.OrderNoMissing)]
    [InlineData("'", RejectReason.OrderNoMissing)]
    public async Task An_order_number_that_is_lost_is_rejected(string number, RejectReason reason) =>
        Assert.Equal((reason, "订单编号"), (await RejectionAsync(("订单编号", number))) is var row ? (row.Reason, row.Column) : default);

    [Theory]
    [InlineData("=\"3193067985817064701\"")]
    [InlineData("'3193067985817064701")]
    [InlineData("\t3193067985817064701")]
    [InlineData("\"\t3193067985817064701\"")]
    [InlineData("３１９３０６７９８５８１７０６４７０１")]
    [InlineData(" 3193067985817064701 ")]
    public async Task An_order_number_is_freed_of_its_wrapping(string number) =>
        Assert.Equal("3193067985817064701", await OrderAsync<string>("order_no", ("订单编号", number)));

    [Theory]
    [InlineData("59.80", 59.80)]
    [InlineData("0元", 0)]
    [InlineData("12.50元", 12.50)]
    [InlineData("¥59.8", 59.80)]
    [InlineData("￥59.8", 59.80)]
    [InlineData("\"1,234.50\"", 1234.50)]
    [InlineData("\"¥1,234,567.89\"", 1234567.89)]
    [InlineData("５９.８０", 59.80)]
    [InlineData("'59.80", 59.80)]
    public async Task Amounts_are_read_as_they_come(string cell, double amount) => Assert.Equal((decimal)amount, await OrderAsync<decimal>("amount", ("总金额", cell)));

    [Theory]
    [InlineData("a lot", RejectReason.AmountUnreadable)]
    [InlineData("\"1,23\"", RejectReason.AmountUnreadable)]
    [InlineData("99999999999999", RejectReason.AmountUnreadable)]
    [InlineData("", RejectReason.AmountMissing)]
    public async Task An_amount_that_is_none_is_rejected(string cell, RejectReason reason) => Assert.Equal(reason, (await RejectionAsync(("总金额", cell))).Reason);

    [Theory]
    [InlineData("2026-11-20 21:03:11", "2026-11-20 13:03:11")]
    [InlineData("2026/11/20 21:03", "2026-11-20 13:03:00")]
    [InlineData("2026/5/3 2:03", "2026-05-02 18:03:00")]
    [InlineData("2026-11-20 21:03", "2026-11-20 13:03:00")]
    [InlineData("\t2026-11-20 21:03:11", "2026-11-20 13:03:11")]
    public async Task Times_are_Chinese_local_times_in_several_styles(string cell, string utc) =>
        Assert.Equal(utc, await OrderAsync<string>("to_char(ordered_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS')", ("订单创建时间", cell)));

    [Theory]
    [InlineData("2026-13-20 21:03:11")]
    [InlineData("yesterday")]
    [InlineData("0001-01-01 00:00:00")]
    public async Task A_time_that_is_none_is_rejected(string cell) => Assert.Equal(RejectReason.DateUnreadable, (await RejectionAsync(("订单创建时间", cell))).Reason);

    [Fact]
    public async Task A_payment_time_or_a_refund_says_more_than_the_status_word()
    {
        Assert.Equal("Paid", await OrderAsync<string>("status", ("订单付款时间", "2026-11-20 21:05:00")));
        await ground.EmptyAsync();
        Assert.Equal("Refunded", await OrderAsync<string>("status", ("订单状态", "交易成功"), ("退款金额", "59.80")));
        await ground.EmptyAsync();
        Assert.Equal("Refunded", await OrderAsync<string>("status", ("订单状态", "交易关闭"), ("订单关闭原因", "买家申请退款")));
    }

    [Fact]
    public async Task Without_a_confirmation_the_shipping_time_stands_for_the_delivery()
    {
        Assert.Equal("2026-11-12", await OrderAsync<string>("to_char(delivered_at, 'YYYY-MM-DD')", ("订单状态", "交易成功"), ("发货时间", "2026-11-12 14:00:00")));
        await ground.EmptyAsync();
        Assert.Null(await OrderAsync<string?>("to_char(delivered_at, 'YYYY-MM-DD')", ("订单状态", "交易成功")));
    }

    [Fact]
    public async Task The_landline_serves_when_the_mobile_is_hidden()
    {
        Assert.Equal(("Landline", "8888"), await OrderAsync<(string, string)>("phone_kind, phone_last4", ("联系手机", "138****8000"), ("联系电话", "0571-88888888")));
        await ground.EmptyAsync();
        Assert.Equal("Masked", await OrderAsync<string>("phone_kind", ("联系手机", "138****8000"), ("联系电话", "-")));
    }

    [Fact]
    public async Task A_masked_buyer_id_makes_no_person_of_strangers()
    {
        Assert.True(await OrderAsync<bool>("buyer_key is null and buyer_id = 't***7'", ("买家会员名", "t***7")));
        await ground.EmptyAsync();
        Assert.False(await OrderAsync<bool>("buyer_key is null"));
    }

    [Fact]
    public async Task Of_two_rows_of_one_order_the_further_one_counts()
    {
        var rows = Row(Header2022, Usual(("订单状态", "交易成功"), ("发货时间", "2026-11-12 14:00:00"))) + "\n" + Row(Header2022, Usual()) + "\n";
        var result = await ground.ImportAsync(Header2022 + "\n" + rows);
        Assert.Equal((2, 1, 1, 0), (result.Summary.Read, result.Summary.New, result.Summary.Further, result.Summary.Rejected));
        Assert.Equal(["Delivered"], await ground.QueryAsync<string>("select status from orders"));
    }

    [Fact]
    public async Task A_workbook_is_read_by_its_cells_and_a_number_it_rounded_is_lost()
    {
        object?[] header = ["订单编号", "买家会员名", "总金额", "订单状态", "联系手机", "订单创建时间 ", "宝贝标题"];
        var file = Workbook.Of(
            ("说明", [["本文件由系统导出"]]),
            ("订单报表", [
                header,
                ["3193067985817064701", "t1", 59.8, "等待买家付款", "'13800138000", "2026-11-20 21:03:11", "卫衣"],
                [3193067985817064702d, "t2", 59.8, "等待买家付款", 13800138001d, new DateTime(2026, 11, 20, 21, 3, 0), "卫衣"],
                [12345678901d, "t3", "12.50元", "等待买家付款", 13800138001d, new DateTime(2026, 11, 20, 21, 3, 0), "卫衣"],
            ]));
        var result = await ground.ImportAsync(file, "ExportOrderList202611211000.xlsx");
        Assert.Equal(("taobao", 3, 2, 1), (result.Summary.Format, result.Summary.Read, result.Summary.New, result.Summary.Rejected));
        Assert.Equal((3, RejectReason.NumberLost), (await ground.RejectedAsync(result)).Select(row => (row.Line, row.Reason)).Single());
        Assert.Equal(
            [("12345678901", "Mobile", "2026-11-20 13:03"), ("3193067985817064701", "Mobile", "2026-11-20 13:03")],
            await ground.QueryAsync<(string, string, string)>("select order_no, phone_kind, to_char(ordered_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') from orders order by order_no"));
    }

    [Fact]
    public async Task A_workbook_that_unpacks_to_far_more_or_is_none_is_refused()
    {
        Assert.Equal(ImportFailure.ZipBomb, Assert.IsType<ImportResult.Refused>(await ground.ImportAsync(Workbook.Bomb(), "b.xlsx")).Problem.Code);
        Assert.Equal(ImportFailure.Unreadable, Assert.IsType<ImportResult.Refused>(await ground.ImportAsync([0x50, 0x4B, 3, 4, 1, 2, 3, 4, 5], "b.xlsx")).Problem.Code);
        Assert.Equal(["Failed", "Failed"], await ground.QueryAsync<string>("select state from imports"));
    }
}
