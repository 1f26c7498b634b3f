using Callback.Auditing;
using Callback.Database;

namespace Callback.Orders;

/// <param name="Purpose">DeliveryProblem, OutOfStock, RefundOrDispute or ResolutionCheck.</param>
/// <param name="Reason">Why it was none; at most 200 characters.</param>
/// <param name="At">The moment of the report that is meant, as it was shown; null: whichever stands.</param>
public sealed record WithdrawReportInput(ShopId Shop, OrderNo OrderNo, Purpose Purpose, string Reason, DateTimeOffset? At = null);

/// <summary>
/// Takes back what was reported about an order, whoever reported it: it is no case for the purpose any more, and no telling of that moment or of an earlier one makes
/// it one again. A later report does. A call that was promised to the customer meanwhile is kept.
/// </summary>
public sealed class WithdrawReport(Db db, TimeProvider time)
{
    public const int LongestReason = 200;

    /// <exception cref="InvalidInputException">report-purpose, reason-required, reason-too-long.</exception>
    public async Task<WithdrawReportResult> RunAsync(Actor actor, WithdrawReportInput input, CancellationToken ct)
    {
        actor.Demand(Permission.ReportCases, input.Shop);
        var problems = Problems(input).ToList();
        if (problems.Count > 0)
            throw new InvalidInputException(problems);
        var now = time.GetUtcNow();
        await using var session = await db.BeginAsync(input.Shop, ct);
        var known = await session.QuerySingleOrDefaultAsync<Known>(
            $"select {PurposePolicy.AgeColumn(input.Purpose)} as at from orders where shop_id = @Shop and order_no = @OrderNo for no key update", input, ct);
        if (known is null)
            return new WithdrawReportResult.NoSuchOrder();
        if (known.At is not { } at)
            return new WithdrawReportResult.NothingReported();
        if (input.At is { } meant && meant != at)
            return new WithdrawReportResult.ReportedAgain(at);
        await WriteAsync(session, actor, input, at, now, ct);
        await ReportedOrder.FollowAsync(session, input.Shop, input.OrderNo, now, ct);
        await AuditTrail.AppendAsync(
            session, input.Shop, actor, now, "order.report-withdrawn", $"order:{input.OrderNo}", new { purpose = input.Purpose.ToString(), at, reason = input.Reason.Trim() }, ct);
        await session.CommitAsync();
        return new WithdrawReportResult.Withdrawn(at);
    }

    private static IEnumerable<Problem> Problems(WithdrawReportInput input)
    {
        if (!PurposePolicy.NeedsReport(input.Purpose))
            yield return Problem.Of("report-purpose", "purpose", ("value", input.Purpose.ToString()));
        if (string.IsNullOrWhiteSpace(input.Reason))
            yield return Problem.Of("reason-required", "reason", ("most", $"{LongestReason}"));
        else if (input.Reason.Trim().Length > LongestReason)
            yield return Problem.Of("reason-too-long", "reason", ("most", $"{LongestReason}"));
    }

    private static Task WriteAsync(Session session, Actor actor, WithdrawReportInput input, DateTimeOffset at, DateTimeOffset now, CancellationToken ct) =>
        session.ExecuteAsync(
            $"""
            with withdrawn as (
                update orders
                set {PurposePolicy.AgeColumn(input.Purpose)} = null, {PurposePolicy.WithdrawnColumn(input.Purpose)} = @at, {NoWords(input.Purpose)}, updated_at = @now
                where shop_id = @Shop and order_no = @OrderNo)
            insert into order_events (shop_id, order_no, at, kind, details)
            values (@Shop, @OrderNo, @now, 'Withdrawn' || @purpose, jsonb_build_object('at', @at::timestamptz, 'actor', @actor::text, 'reason', @reason::text))
            """,
            new { input.Shop, input.OrderNo, purpose = input.Purpose.ToString(), at, now, actor = actor.Name, reason = CellText.Storable(input.Reason.Trim()) },
            ct);

    private static string NoWords(Purpose purpose) => purpose switch
    {
        Purpose.DeliveryProblem => "delivery_problem = null",
        Purpose.OutOfStock => "out_of_stock_item = null, out_of_stock_reason = null",
        Purpose.RefundOrDispute => "refund_reason = null",
        _ => "complaint_result = null",
    };

    private sealed record Known(DateTimeOffset? At);
}

public abstract record WithdrawReportResult
{
    private WithdrawReportResult()
    {
    }

    /// <param name="At">The moment of the report that was taken back.</param>
    public sealed record Withdrawn(DateTimeOffset At) : WithdrawReportResult;

    /// <summary>Nothing of the kind stands; somebody else may have been first.</summary>
    public sealed record NothingReported : WithdrawReportResult;

    /// <summary>A later report came in meanwhile, and stays.</summary>
    public sealed record ReportedAgain(DateTimeOffset At) : WithdrawReportResult;

    public sealed record NoSuchOrder : WithdrawReportResult;
}
