using Callback.Orders;

namespace Callback.Tests.Orders;

/// <summary>JD, Shopify, WooCommerce and the generic table.</summary>
public sealed class OtherFormatsTests(OrdersGround ground) : IClassFixture<OrdersGround>, IAsyncLifetime
{
    private const string JdHeader =
        "订单号,商品ID,商品名称,订购数量,支付方式,下单时间,京东价,订单金额,结算金额,余额支付,应付金额,订单状态,订单类型,下单帐号,客户姓名,客户地址,联系电话,订单备注,发票类型,发票抬头,发票内容,商家备注,商家备注等级（等级1-5为由高到低）,运费金额,付款确认时间,增值税发票,货号,订单完成时间,订单来源,订单渠道\n";

    private const string ShopifyHeader =
        "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Shipping Name,Shipping Zip,Shipping City,Shipping Province,Shipping Country,Shipping Phone,Notes,Cancelled at,Refunded Amount,Id,Phone\n";

    private const string WooHeader =
        "order_id,order_number_formatted,order_number,date,status,order_total,payment_method,customer_user,billing_first_name,billing_last_name,billing_email,billing_phone,billing_country,shipping_first_name,shipping_last_name,shipping_country,shipping_state,order_item_1,order_item_2\n";

    public Task InitializeAsync() => ground.EmptyAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    private async Task<ImportSummary> ImportAsync(string format, string csv, ShopId? shop = null, System.Text.Encoding? encoding = null)
    {
        var summary = (await ground.ImportAsync(csv, shop: shop, encoding: encoding)).Summary;
        Assert.Equal((format, 0), (summary.Format, summary.Rejected));
        return summary;
    }

    private async Task<T> OneAsync<T>(string columns) => (await ground.QueryAsync<T>($"select {columns} from orders")).Single();

    private static string Jd(string no, string status, string product = "袜子", string paidBy = "在线支付", string phone = "13800138000") =>
        $"{no},100{product.Length},{product},2,{paidBy},2026-11-20 10:00:00,19.90,39.80,39.80,0,39.80,{status},,jd_1,张三,浙江杭州市余杭区测试路1号,{phone},,,,,,,0,,,SKU-1,,,\n";

    [Fact]
    public async Task JD_rows_of_one_order_become_one_order_with_its_items()
    {
        var summary = await ImportAsync("jd", JdHeader + Jd("281000000001", "等待付款确认") + Jd("281000000002", "等待出库") + Jd("281000000001", "等待付款确认", "加绒卫衣"), encoding: OrdersGround.Gbk);
        Assert.Equal((3, 2, 1), (summary.Read, summary.New, summary.Further));
        Assert.Equal(
            [("281000000001", "Unpaid", "袜子,加绒卫衣", 4, 39.80m, "浙江", "杭州市"), ("281000000002", "Paid", "袜子", 2, 39.80m, "浙江", "杭州市")],
            await ground.QueryAsync<(string, string, string, int, decimal, string, string)>(
                "select order_no, status, (select string_agg(i->>'title', ',') from jsonb_array_elements(items) i), item_count, amount, region, city from orders order by order_no"));
    }

    [Theory]
    [InlineData("等待付款确认", "Unpaid")]
    [InlineData("等待出库", "Paid")]
    [InlineData("等待确认收货", "Shipped")]
    [InlineData("完成", "Delivered")]
    [InlineData("暂停", "Paid")]
    [InlineData("(锁定)等待出库", "Paid")]
    [InlineData("(暂停)等待确认收货", "Shipped")]
    [InlineData("（锁定）等待付款确认", "Closed")]
    [InlineData("(删除)等待付款确认", "Closed")]
    [InlineData("(删除)等待出库", "Closed")]
    public async Task JD_status_words_keep_their_meaning_behind_prefixes(string word, string status)
    {
        await ImportAsync("jd", JdHeader + Jd("281000000001", word));
        Assert.Equal(status, await OneAsync<string>("status"));
    }

    [Fact]
    public async Task Paid_at_the_door_is_never_unpaid()
    {
        await ImportAsync("jd", JdHeader + Jd("281000000001", "等待付款确认", paidBy: "货到付款"));
        Assert.Equal("Paid", await OneAsync<string>("status"));
        Assert.Empty(await ground.QueryAsync<string>("select order_no from candidates"));
    }

    [Fact]
    public async Task Shopify_rows_of_further_items_repeat_only_the_name()
    {
        var summary = await ImportAsync("shopify", ShopifyHeader +
            "#1001,li@example.com,pending,,unfulfilled,,USD,59.80,2026-05-01 10:00:00 +0200,1,Sock,19.90,S1,Li Example,'01234,Austin,TX,US,'+1 512 555 0123,,,0.00,'5550001,\n" +
            "#1001,,,,,,,,,2,\"Shoe, red\",19.95,S2,,,,,,,,,,,\n" +
            "#1002,wu@example.com,paid,2026-05-01 10:05:00 +0200,fulfilled,2026-05-02 09:00:00 +0200,EUR,10.00,2026-05-01 10:00:00 +0200,1,Hat,10.00,H1,Wu,10115,Berlin,BE,DE,030 901820,,,0.00,5550002,\n", new("maple"));
        Assert.Equal((3, 2, 1), (summary.Read, summary.New, summary.Further));
        var orders = await ground.QueryAsync<(string, string, string, string, string, int, string, string)>(
            "select order_no, status, currency, country, phone_region, item_count, to_char(ordered_at at time zone 'UTC', 'DD HH24:MI'), postcode from orders order by order_no");
        Assert.Equal([("#1001", "Unpaid", "USD", "US", "US-512", 3, "01 08:00", "01234"), ("#1002", "Delivered", "EUR", "DE", "DE", 1, "01 08:00", "10115")], orders);
        Assert.Equal(["2026-05-07"], await ground.QueryAsync<string>("select to_char(delivered_at at time zone 'UTC', 'YYYY-MM-DD') from orders where delivered_at is not null"));
    }

    [Theory]
    [InlineData("pending", "unfulfilled", "", "Unpaid")]
    [InlineData("pending", "", "", "Unpaid")]
    [InlineData("authorized", "unfulfilled", "", "Paid")]
    [InlineData("partially_paid", "unfulfilled", "", "Paid")]
    [InlineData("paid", "partial", "", "Shipped")]
    [InlineData("pending", "fulfilled", "", "Delivered")]
    [InlineData("refunded", "fulfilled", "", "Refunded")]
    [InlineData("partially_refunded", "unfulfilled", "", "Refunded")]
    [InlineData("voided", "unfulfilled", "", "Closed")]
    [InlineData("pending", "unfulfilled", "2026-05-02 10:00:00 +0200", "Closed")]
    public async Task Shopify_the_furthest_of_payment_shipping_and_cancelling_counts(string financial, string fulfillment, string cancelled, string status)
    {
        await ImportAsync("shopify", ShopifyHeader + $"#1,a@example.com,{financial},,{fulfillment},,USD,1.00,2026-05-01 10:00:00 +0200,1,Sock,1.00,S,Li,1,A,TX,US,,,{cancelled},0.00,1,\n", new("maple"));
        Assert.Equal(status, await OneAsync<string>("status"));
    }

    [Theory]
    [InlineData("pending", "bacs", "Unpaid")]
    [InlineData("wc-pending", "bacs", "Unpaid")]
    [InlineData("pending", "cod", "Paid")]
    [InlineData("processing", "bacs", "Paid")]
    [InlineData("on-hold", "bacs", "Paid")]
    [InlineData("completed", "bacs", "Delivered")]
    [InlineData("cancelled", "bacs", "Closed")]
    [InlineData("refunded", "bacs", "Refunded")]
    [InlineData("failed", "bacs", "Closed")]
    public async Task WooCommerce_orders_are_read_with_their_items(string word, string paidBy, string status)
    {
        await ImportAsync("woocommerce", WooHeader +
            $"17,,17,2026-11-20 10:00:00,{word},28.00,{paidBy},0,Ann,Lee,ann@example.com,(212) 555-0123,US,Ann,Lee,US,NY,name:Beanie|quantity:1|total:18.00|sku:B1,sku-2|2|10.00\n", new("maple"));
        Assert.Equal((status, "Beanie,sku-2", 3, "Ann Lee", "US-212", "ann@example.com"), await OneAsync<(string, string, int, string, string, string)>(
            "status, (select string_agg(i->>'title', ',') from jsonb_array_elements(items) i), item_count, buyer_name, phone_region, buyer_id"));
    }

    [Fact]
    public async Task The_generic_table_is_read_in_English_and_in_Chinese_with_zone_and_currency_of_its_own()
    {
        await ImportAsync("generic", "amount,order_no,status,ordered_at,currency,zone,country,phone\n\"1,234.50\",a-1,Unpaid,2026-11-20T10:00:00+01:00,eur,Europe/Berlin,de,030 901820\n");
        Assert.Equal(("A-1", 1234.50m, "EUR", "Europe/Berlin", "DE", "Foreign"), await OneAsync<(string, decimal, string, string, string, string)>("order_no, amount, currency, zone, country, phone_kind"));
        await ground.EmptyAsync();
        await ImportAsync("generic", "订单号,状态,下单时间,金额,电话,商品\nB1,待付款,2026/11/20 10:00,￥20,13800138000,袜子\nB1,待付款,2026/11/20 10:00,￥20,13800138000,鞋\n", encoding: OrdersGround.Gbk);
        Assert.Equal(("Unpaid", 20m, 2), await OneAsync<(string, decimal, int)>("status, amount, jsonb_array_length(items)"));
    }

    [Theory]
    [InlineData("currency", "EURO", RejectReason.CurrencyUnknown)]
    [InlineData("zone", "Mars/Olympus", RejectReason.ZoneUnknown)]
    [InlineData("item_quantity", "many", RejectReason.QuantityUnreadable)]
    public async Task What_cannot_be_understood_is_rejected_with_its_column(string column, string value, RejectReason reason)
    {
        var result = await ground.ImportAsync($"order_no,status,ordered_at,amount,item_title,{column}\nA1,paid,2026-11-20 10:00:00,1,sock,{value}\n");
        var row = Assert.Single(await ground.RejectedAsync(result));
        Assert.Equal((column, value, reason), (row.Column, row.Value, row.Reason));
    }

    [Fact]
    public async Task An_order_of_several_rows_comes_in_whole_or_not_at_all()
    {
        var result = await ground.ImportAsync(Csv.Of(Csv.Row("A1"), Csv.Row("A2"), Csv.Row("A1", title: "shoe", amount: "nonsense"), Csv.Row("A1", title: "hat")));
        Assert.Equal((4, 1, 3), (result.Summary.Read, result.Summary.New, result.Summary.Rejected));
        Assert.Equal(
            [(2, RejectReason.OrderIncomplete), (4, RejectReason.AmountUnreadable), (5, RejectReason.OrderIncomplete)],
            (await ground.RejectedAsync(result)).Select(row => (row.Line, row.Reason)));
        Assert.Equal(["A2"], await ground.QueryAsync<string>("select order_no from orders"));
    }

    [Fact]
    public async Task Rows_of_one_order_meet_across_the_end_of_a_batch_but_not_over_a_whole_one()
    {
        var near = Enumerable.Range(0, 9).Select(i => Csv.Row($"N{i}")).Concat([Csv.Row("A1"), Csv.Row("A1", title: "shoe"), Csv.Row("A1", title: "hat")]);
        var far = Enumerable.Range(0, 20).Select(i => Csv.Row($"F{i:00}")).Append(Csv.Row("A1", title: "late"));
        var result = await ground.ImportAsync(Csv.Of([.. near, .. far]), batchRows: 10);
        Assert.Equal((33, 30, 2, 1), (result.Summary.Read, result.Summary.New, result.Summary.Further, result.Summary.Rejected));
        Assert.Equal(RejectReason.OrderScattered, Assert.Single(await ground.RejectedAsync(result)).Reason);
        Assert.Equal([3], await ground.QueryAsync<int>("select jsonb_array_length(items) from orders where order_no = 'A1'"));
    }

    [Fact]
    public async Task An_unknown_header_names_the_nearest_format_and_what_it_lacks()
    {
        var refused = Assert.IsType<ImportResult.Refused>(await ground.ImportAsync("订单编号,买家会员名,总金额,宝贝标题\n1,2,3,4\n"));
        Assert.Equal((ImportFailure.HeaderUnknown, "taobao", "订单状态, 订单创建时间"), (refused.Problem.Code, refused.Problem.Values["nearest"], refused.Problem.Values["missing"]));
        var named = Assert.IsType<ImportResult.Refused>(await ground.ImportAsync("订单编号\n1\n", format: "shopify"));
        Assert.Equal("shopify", named.Problem.Values["nearest"]);
        Assert.Equal(ImportFailure.FormatUnknown, Assert.IsType<ImportResult.Refused>(await ground.ImportAsync("a\n1\n", format: "ebay")).Problem.Code);
        Assert.Equal(ImportFailure.Empty, Assert.IsType<ImportResult.Refused>(await ground.ImportAsync("")).Problem.Code);
    }

    [Fact]
    public async Task Columns_of_the_same_name_empty_rows_and_too_many_cells_do_no_harm()
    {
        var result = await ground.ImportAsync("order_no,status,ordered_at,amount,order_no\nA1,paid,2026-11-20 10:00:00,1,ZZ\n,,,,\n\n  ,\nA2,paid,2026-11-20 10:00:00,1,ZZ,extra\nA3,paid,2026-11-20 10:00:00,1,ZZ,,,\n");
        Assert.Equal((3, 2, 1), (result.Summary.Read, result.Summary.New, result.Summary.Rejected));
        Assert.Equal(RejectReason.TooManyCells, Assert.Single(await ground.RejectedAsync(result)).Reason);
        Assert.Equal(["A1", "A3"], await ground.QueryAsync<string>("select order_no from orders order by order_no"));
    }
}
