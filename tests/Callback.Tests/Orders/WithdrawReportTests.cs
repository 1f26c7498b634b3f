using System.Collections.Frozen;
using Callback.Orders;

namespace Callback.Tests.Orders;

/// <summary>A report that was none is taken back: no call about it, whatever repeats it, until something new is reported.</summary>
public sealed class WithdrawReportTests(OrdersGround ground) : IClassFixture<OrdersGround>, IAsyncLifetime
{
    private static readonly DateTimeOffset Ten = new(2026, 11, 22, 2, 0, 0, TimeSpan.Zero);
    private static readonly OrderNo A1 = OrderNo.Parse("A1");

    public Task InitializeAsync() => ground.EmptyAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData(Purpose.DeliveryProblem, OrderStatus.Shipped)]
    [InlineData(Purpose.OutOfStock, OrderStatus.Paid)]
    [InlineData(Purpose.RefundOrDispute, OrderStatus.Paid)]
    [InlineData(Purpose.ResolutionCheck, OrderStatus.Closed)]
    public async Task Moment_and_words_go_with_the_candidate_and_who_and_why_are_kept(Purpose purpose, OrderStatus status)
    {
        await TellAsync(status, null);
        await ReportAsync(purpose, Ten);
        Assert.Contains($"{purpose} A1", await CandidatesAsync());

        Assert.Equal(new WithdrawReportResult.Withdrawn(Ten), await WithdrawAsync(purpose, " wrong order "));

        Assert.Equal(OrderCases.None, await CasesAsync());
        Assert.DoesNotContain($"{purpose} A1", await CandidatesAsync());
        Assert.Contains($"Withdrawn{purpose} wrong order clerk", await ground.QueryAsync<string>("select concat_ws(' ', kind, details ->> 'reason', details ->> 'actor') from order_events"));
        Assert.Contains("order.report-withdrawn order:A1 wrong order", await ground.QueryAsync<string>("select concat_ws(' ', action, subject, details ->> 'reason') from audit"));
    }

    [Fact]
    public async Task An_import_that_repeats_it_changes_nothing_and_one_that_tells_a_later_report_makes_the_order_a_case_again()
    {
        await TellAsync(OrderStatus.Delivered, Ten);
        await WithdrawAsync(Purpose.RefundOrDispute);

        await TellAsync(OrderStatus.Delivered, Ten, amount: 2);
        await TellAsync(OrderStatus.Delivered, Ten.AddHours(-1), amount: 3);
        Assert.Null((await CasesAsync()).RefundRequestedAt);
        Assert.DoesNotContain("RefundOrDispute A1", await CandidatesAsync());

        await TellAsync(OrderStatus.Delivered, Ten.AddMinutes(5), amount: 4);
        Assert.Equal(Ten.AddMinutes(5), (await CasesAsync()).RefundRequestedAt);
        Assert.Contains("RefundOrDispute A1", await CandidatesAsync());
    }

    [Fact]
    public async Task Who_reports_by_hand_what_was_taken_back_is_believed()
    {
        await TellAsync(OrderStatus.Delivered, Ten);
        await WithdrawAsync(Purpose.RefundOrDispute);
        Assert.Equal(new ReportCaseResult.Reported(Ten), await ReportAsync(Purpose.RefundOrDispute, Ten));
        Assert.Contains("RefundOrDispute A1", await CandidatesAsync());
    }

    [Fact]
    public async Task Other_reports_of_the_order_and_other_orders_stay()
    {
        await TellAsync(OrderStatus.Paid, Ten, "A1");
        await TellAsync(OrderStatus.Paid, Ten, "A2");
        await ReportAsync(Purpose.OutOfStock, Ten);
        await WithdrawAsync(Purpose.RefundOrDispute);
        Assert.Equal(["OutOfStock A1", "RefundOrDispute A2"], await CandidatesAsync());
        Assert.Equal(Ten, (await CasesAsync()).OutOfStockAt);
    }

    [Fact]
    public async Task A_delivery_call_back_that_waited_for_the_refund_is_looked_at_at_once()
    {
        await TellAsync(OrderStatus.Delivered, Ten);
        await ground.ExecuteAsync("update candidates set due_at = '2026-12-30', blocked_reason = 'RefundOpen' where purpose = 'DeliveryCallBack'");
        await WithdrawAsync(Purpose.RefundOrDispute);
        Assert.Equal([true], await ground.QueryAsync<bool>("select blocked_reason is null and due_at < '2026-11-30' from candidates where purpose = 'DeliveryCallBack'"));
    }

    [Fact]
    public async Task A_report_that_came_after_the_one_that_was_shown_stays()
    {
        await TellAsync(OrderStatus.Delivered, Ten);
        await TellAsync(OrderStatus.Delivered, Ten.AddMinutes(5), amount: 2);
        Assert.Equal(new WithdrawReportResult.ReportedAgain(Ten.AddMinutes(5)), await WithdrawAsync(Purpose.RefundOrDispute, at: Ten));
        Assert.Equal(Ten.AddMinutes(5), (await CasesAsync()).RefundRequestedAt);
    }

    [Fact]
    public async Task What_cannot_be_taken_back_is_refused()
    {
        await TellAsync(OrderStatus.Delivered, Ten);
        Assert.IsType<WithdrawReportResult.NothingReported>(await WithdrawAsync(Purpose.ResolutionCheck));
        Assert.IsType<WithdrawReportResult.NoSuchOrder>(await WithdrawAsync(Purpose.RefundOrDispute, order: "A9"));
        Assert.Equal("report-purpose", await ProblemAsync(Purpose.DeliveryCallBack, "because"));
        Assert.Equal("reason-required", await ProblemAsync(Purpose.RefundOrDispute, "  "));
        Assert.Equal("reason-too-long", await ProblemAsync(Purpose.RefundOrDispute, new string('a', 201)));
        await Assert.ThrowsAsync<NotPermittedException>(() => new WithdrawReport(ground.Db, ground.Time).RunAsync(Agent, new(OrdersGround.Shop, A1, Purpose.RefundOrDispute, "because"), default));
        Assert.Equal(Ten, (await CasesAsync()).RefundRequestedAt);
    }

    private static Actor Agent { get; } = new(
        Guid.Empty,
        "agent",
        new Dictionary<ShopId, FrozenSet<Permission>> { [OrdersGround.Shop] = Permissions.Of(Role.Agent) }.ToFrozenDictionary(),
        FrozenSet<Permission>.Empty);

    private Task TellAsync(OrderStatus status, DateTimeOffset? refundAt, string order = "A1", decimal amount = 1) =>
        new UpsertOrders(ground.Db, ground.Vault, ground.Time).RunAsync(
            OrdersGround.Clerk,
            new(
                OrdersGround.Shop,
                [new(order, status, Ten.AddDays(-3), amount, Phone: "13800138000", DeliveredAt: status == OrderStatus.Delivered ? Ten.AddDays(-1) : null, RefundRequestedAt: refundAt, RefundReason: refundAt is null ? null : "too small")],
                Ten.AddMinutes(10 + (double)amount)),
            default);

    private Task<ReportCaseResult> ReportAsync(Purpose purpose, DateTimeOffset at) =>
        new ReportCase(ground.Db, ground.Time).RunAsync(OrdersGround.Clerk, new(OrdersGround.Shop, A1, purpose, "words", At: at), default);

    private Task<WithdrawReportResult> WithdrawAsync(Purpose purpose, string reason = "no, it was not", DateTimeOffset? at = null, string order = "A1") =>
        new WithdrawReport(ground.Db, ground.Time).RunAsync(OrdersGround.Clerk, new(OrdersGround.Shop, OrderNo.Parse(order), purpose, reason, at), default);

    private async Task<string> ProblemAsync(Purpose purpose, string reason) =>
        Assert.Single((await Assert.ThrowsAsync<InvalidInputException>(() => WithdrawAsync(purpose, reason))).Problems).Code;

    private async Task<OrderCases> CasesAsync() => (await new OrderQueries(ground.Db).FindAsync(OrdersGround.Clerk, OrdersGround.Shop, A1, default))!.Cases;

    private Task<IReadOnlyList<string>> CandidatesAsync() => ground.QueryAsync<string>("select purpose || ' ' || order_no from candidates order by order_no, purpose");
}
