using Callback.Orders;
using FsCheck;
using FsCheck.Fluent;

namespace Callback.Tests.Orders;

/// <summary>Reports that make an order a case for a call, from files, the API and by hand.</summary>
public sealed class OrderCasesTests(OrdersGround ground) : IClassFixture<OrdersGround>, IAsyncLifetime
{
    private static readonly DateTimeOffset Ten = new(2026, 11, 22, 2, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Eleven = Ten.AddMinutes(45);
    private static readonly OrderNo A1 = OrderNo.Parse("A1");

    public Task InitializeAsync() => ground.EmptyAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    private static OrderDocument Told(OrderStatus status, OrderCases? cases = null, decimal amount = 59.80m)
    {
        cases ??= OrderCases.None;
        return new(
            "A1", status, Ten.AddDays(-3), amount, Phone: "13800138000",
            DeliveryProblemAt: cases.DeliveryProblemAt, DeliveryProblem: cases.DeliveryProblem, OutOfStockAt: cases.OutOfStockAt, OutOfStockItem: cases.OutOfStockItem,
            OutOfStockReason: cases.OutOfStockReason, RefundRequestedAt: cases.RefundRequestedAt, RefundReason: cases.RefundReason, ComplaintClosedAt: cases.ComplaintClosedAt,
            ComplaintResult: cases.ComplaintResult, StockLeft: cases.StockLeft, OfferEndsOn: cases.OfferEndsOn);
    }

    private Task<UpsertResult> TellAsync(OrderDocument order, DateTimeOffset? asOf = null) =>
        new UpsertOrders(ground.Db, ground.Vault, ground.Time).RunAsync(OrdersGround.Clerk, new(OrdersGround.Shop, [order], asOf ?? Ten), default);

    private async Task<OrderCases> CasesAsync() => (await new OrderQueries(ground.Db).FindAsync(OrdersGround.Clerk, OrdersGround.Shop, A1, default))!.Cases;

    private Task<IReadOnlyList<string>> CandidatesAsync() => ground.QueryAsync<string>("select purpose || ' ' || order_no from candidates order by purpose");

    private Task<ReportCaseResult> ReportAsync(Purpose purpose, string? words = null, string? item = null, DateTimeOffset? at = null, string order = "A1") =>
        new ReportCase(ground.Db, ground.Time).RunAsync(OrdersGround.Clerk, new(OrdersGround.Shop, OrderNo.Parse(order), purpose, words, item, at), default);

    [Fact]
    public async Task Every_fact_comes_back_as_the_api_told_it()
    {
        var cases = new OrderCases(
            Ten.AddHours(-1), "Held at the depot", Ten.AddHours(-2), "red, 38", "sole scratched", Ten.AddHours(-3), "too small", Ten.AddHours(-4), "refunded half", 3, new(2026, 11, 30));
        await TellAsync(Told(OrderStatus.Paid, cases));
        Assert.Equal(cases, await CasesAsync());
    }

    [Fact]
    public async Task The_generic_table_has_a_column_for_every_fact_in_both_languages()
    {
        const string English = "order_no,status,ordered_at,amount,delivery_problem_at,delivery_problem,out_of_stock_at,out_of_stock_item,out_of_stock_reason,refund_requested_at,refund_reason,complaint_closed_at,complaint_result,stock_left,offer_ends_on\n";
        const string Chinese = "订单号,状态,下单时间,金额,物流异常时间,物流异常,缺货时间,缺货商品,缺货原因,申请退款时间,退款原因,投诉结案时间,投诉处理结果,剩余库存,优惠截止日\n";
        const string Row = "A1,paid,2026-11-20 21:00:00,59.80,2026-11-21 08:00:00,stuck,2026-11-21 09:00:00,red 38,sold out,2026-11-21 10:00:00,too small,2026-11-21 11:00:00,repaired,4,2026-11-30\n";
        var expected = new OrderCases(
            new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero), "stuck", new(2026, 11, 21, 1, 0, 0, TimeSpan.Zero), "red 38", "sold out",
            new(2026, 11, 21, 2, 0, 0, TimeSpan.Zero), "too small", new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero), "repaired", 4, new(2026, 11, 30));
        foreach (var header in new[] { English, Chinese })
        {
            await ground.EmptyAsync();
            Assert.Empty(await ground.RejectedAsync(await ground.ImportAsync(header + Row)));
            Assert.Equal(expected, await CasesAsync());
        }
    }

    [Theory]
    [InlineData("stock_left", "many")]
    [InlineData("stock_left", "-1")]
    [InlineData("refund_requested_at", "yesterday")]
    [InlineData("offer_ends_on", "soon")]
    public async Task A_value_that_cannot_be_read_rejects_the_row(string column, string value)
    {
        var result = await ground.ImportAsync($"order_no,status,ordered_at,amount,{column}\nA1,paid,2026-11-20 21:00:00,59.80,{value}\n");
        Assert.Equal(column, Assert.Single(await ground.RejectedAsync(result)).Column);
    }

    [Theory]
    [InlineData(Purpose.DeliveryProblem, OrderStatus.Shipped, OrderStatus.Delivered)]
    [InlineData(Purpose.OutOfStock, OrderStatus.Paid, OrderStatus.Shipped)]
    [InlineData(Purpose.RefundOrDispute, OrderStatus.Delivered, OrderStatus.Refunded)]
    public async Task A_reported_order_becomes_a_candidate_and_ceases_to_be_one_when_its_status_passes(Purpose purpose, OrderStatus wanted, OrderStatus past)
    {
        await TellAsync(Told(wanted));
        Assert.DoesNotContain($"{purpose} A1", await CandidatesAsync());
        await TellAsync(Told(wanted, Case(purpose, Ten.AddHours(-1))), Eleven);
        Assert.Contains($"{purpose} A1", await CandidatesAsync());
        await TellAsync(Told(past, Case(purpose, Ten.AddHours(-1))), Eleven.AddMinutes(5));
        Assert.DoesNotContain($"{purpose} A1", await CandidatesAsync());
    }

    [Fact]
    public async Task A_report_out_of_its_status_waits_for_none()
    {
        await TellAsync(Told(OrderStatus.Unpaid, Case(Purpose.OutOfStock, Ten)));
        Assert.Equal(["PaymentReminder A1"], await CandidatesAsync());
    }

    [Fact]
    public async Task A_later_report_is_true_also_from_an_older_telling_and_an_earlier_one_never()
    {
        await TellAsync(Told(OrderStatus.Delivered, new(RefundRequestedAt: Ten.AddHours(-5), RefundReason: "first")), Eleven);
        await TellAsync(Told(OrderStatus.Delivered, new(RefundRequestedAt: Ten.AddHours(-6), RefundReason: "earlier"), amount: 1), Ten.AddMinutes(1));
        Assert.Equal((Ten.AddHours(-5), "first"), (await CasesAsync()) is var kept ? (kept.RefundRequestedAt, kept.RefundReason) : default);
        await TellAsync(Told(OrderStatus.Delivered, new(RefundRequestedAt: Ten.AddHours(-1), RefundReason: "again"), amount: 2), Ten);
        Assert.Equal((Ten.AddHours(-1), "again"), (await CasesAsync()) is var later ? (later.RefundRequestedAt, later.RefundReason) : default);
        Assert.Equal([59.80m], await ground.QueryAsync<decimal>("select amount from orders"));
    }

    [Fact]
    public async Task What_a_newer_telling_leaves_out_erases_no_report_but_the_figures_that_may_be_spoken()
    {
        await TellAsync(Told(OrderStatus.Unpaid, new(RefundRequestedAt: Ten, RefundReason: "too small", StockLeft: 2, OfferEndsOn: new(2026, 11, 23))));
        await TellAsync(Told(OrderStatus.Unpaid), Eleven);
        Assert.Equal(new OrderCases(RefundRequestedAt: Ten, RefundReason: "too small"), await CasesAsync());
    }

    [Fact]
    public async Task Tellings_give_the_same_reports_in_whatever_sequence_they_come() => await Task.Run(() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var tellings = Enumerable.Range(0, 4).Select(at => (Order: Told(OrderStatus.Paid, SomeCases(random), 10 + at), AsOf: Ten.AddMinutes(at))).ToArray();
            var ends = new HashSet<OrderCases>();
            for (var turn = 0; turn < 2; turn++)
            {
                ground.EmptyAsync().GetAwaiter().GetResult();
                foreach (var (order, asOf) in tellings)
                    TellAsync(order, asOf).GetAwaiter().GetResult();
                ends.Add(CasesAsync().GetAwaiter().GetResult());
                Array.Reverse(tellings);
            }
            Assert.Single(ends);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(15)));

    [Fact]
    public async Task The_same_telling_again_writes_nothing()
    {
        var cases = new OrderCases(OutOfStockAt: Ten.AddHours(-2), OutOfStockItem: "red, 38", StockLeft: 0);
        Assert.Equal(1, (await TellAsync(Told(OrderStatus.Paid, cases))).Summary.New);
        Assert.Equal(1, (await TellAsync(Told(OrderStatus.Paid, cases))).Summary.Unchanged);
    }

    [Fact]
    public async Task A_report_by_hand_is_kept_with_its_words_and_makes_a_candidate()
    {
        await TellAsync(Told(OrderStatus.Paid));
        Assert.Equal(new ReportCaseResult.Reported(ground.Time.GetUtcNow()), await ReportAsync(Purpose.OutOfStock, " sold out ", "red, 38"));
        Assert.Equal(new OrderCases(OutOfStockAt: ground.Time.GetUtcNow(), OutOfStockItem: "red, 38", OutOfStockReason: "sold out"), await CasesAsync());
        Assert.Equal(["OutOfStock A1"], await CandidatesAsync());
        Assert.Equal(["ReportedOutOfStock"], await ground.QueryAsync<string>("select kind from order_events"));
        Assert.Contains("order.case-reported order:A1", await ground.QueryAsync<string>("select action || ' ' || subject from audit"));
    }

    [Fact]
    public async Task A_report_by_hand_never_goes_back_in_time_and_an_import_that_knows_nothing_of_it_leaves_it()
    {
        await TellAsync(Told(OrderStatus.Delivered));
        await ReportAsync(Purpose.RefundOrDispute, "too small", at: Ten.AddHours(-1));
        Assert.Equal(new ReportCaseResult.KnownAlready(Ten.AddHours(-1)), await ReportAsync(Purpose.RefundOrDispute, "older", at: Ten.AddHours(-2)));
        await TellAsync(Told(OrderStatus.Delivered, amount: 1), Eleven);
        Assert.Equal(new OrderCases(RefundRequestedAt: Ten.AddHours(-1), RefundReason: "too small"), await CasesAsync());
    }

    [Fact]
    public async Task A_report_out_of_status_is_kept_without_a_candidate()
    {
        await TellAsync(Told(OrderStatus.Closed));
        Assert.IsType<ReportCaseResult.Reported>(await ReportAsync(Purpose.DeliveryProblem, "stuck"));
        Assert.Empty(await CandidatesAsync());
    }

    [Fact]
    public async Task What_cannot_be_reported_is_refused()
    {
        await TellAsync(Told(OrderStatus.Paid));
        Assert.IsType<ReportCaseResult.NoSuchOrder>(await ReportAsync(Purpose.OutOfStock, order: "A9"));
        Assert.Equal("report-purpose", Assert.Single((await Assert.ThrowsAsync<InvalidInputException>(() => ReportAsync(Purpose.PaymentReminder))).Problems).Code);
        Assert.Equal("report-in-future", Assert.Single((await Assert.ThrowsAsync<InvalidInputException>(() => ReportAsync(Purpose.OutOfStock, at: ground.Time.GetUtcNow().AddSeconds(1)))).Problems).Code);
        Assert.Equal("report-words-length", Assert.Single((await Assert.ThrowsAsync<InvalidInputException>(() => ReportAsync(Purpose.OutOfStock, new string('a', 501)))).Problems).Code);
        Assert.Equal(OrderCases.None, await CasesAsync());
    }

    private static OrderCases Case(Purpose purpose, DateTimeOffset at) => purpose switch
    {
        Purpose.DeliveryProblem => new(DeliveryProblemAt: at),
        Purpose.OutOfStock => new(OutOfStockAt: at),
        Purpose.RefundOrDispute => new(RefundRequestedAt: at),
        _ => new(ComplaintClosedAt: at),
    };

    /// <summary>Reports as one platform tells them: a later telling does not take back what an earlier one said, and words belong to a moment.</summary>
    private static OrderCases SomeCases(Random random)
    {
        var (stuck, refund, closed) = (random.Next(4), random.Next(4), random.Next(3));
        return new(
            DeliveryProblemAt: stuck == 0 ? null : Ten.AddHours(-stuck), DeliveryProblem: stuck == 0 ? null : $"stuck {stuck}",
            RefundRequestedAt: refund == 0 ? null : Ten.AddHours(-refund), RefundReason: refund == 0 ? null : $"reason {refund}",
            ComplaintClosedAt: closed == 0 ? null : Ten.AddHours(-closed), ComplaintResult: closed == 0 ? null : $"result {closed}",
            StockLeft: random.Next(2) == 0 ? null : random.Next(5), OfferEndsOn: random.Next(2) == 0 ? null : new(2026, 11, 23 + random.Next(3)));
    }
}
