using Callback.Auditing;
using Callback.Database;

namespace Callback.Orders;

/// <param name="Purpose">DeliveryProblem, OutOfStock, RefundOrDispute or ResolutionCheck.</param>
/// <param name="Words">Last scan, why there is no stock, why the refund is asked for, how the complaint was settled; at most 500 characters.</param>
/// <param name="Item">What cannot be shipped, for OutOfStock only; at most 200 characters.</param>
/// <param name="At">When it happened; null: now. Not in the future.</param>
public sealed record ReportCaseInput(ShopId Shop, OrderNo OrderNo, Purpose Purpose, string? Words = null, string? Item = null, DateTimeOffset? At = null);

/// <summary>
/// Reports by hand what makes an order a case for a call: the parcel is stuck, something is out of stock, a refund is asked for, a complaint was closed.
/// The next planner pass takes it up. A report never goes back in time: one as old as the known one, or older, changes nothing.
/// </summary>
public sealed class ReportCase(Db db, TimeProvider time)
{
    /// <exception cref="InvalidInputException">report-purpose, report-words-length, report-in-future.</exception>
    public async Task<ReportCaseResult> RunAsync(Actor actor, ReportCaseInput input, CancellationToken ct)
    {
        actor.Demand(Permission.ReportCases, input.Shop);
        var now = time.GetUtcNow();
        var problems = Problems(input, now).ToList();
        if (problems.Count > 0)
            throw new InvalidInputException(problems);
        await using var session = await db.BeginAsync(input.Shop, ct);
        var known = await session.QuerySingleOrDefaultAsync<Known>(
            $"select {PurposePolicy.AgeColumn(input.Purpose)} as at from orders where shop_id = @Shop and order_no = @OrderNo for no key update", input, ct);
        var at = input.At?.ToUniversalTime() ?? now;
        if (known is null)
            return new ReportCaseResult.NoSuchOrder();
        if (known.At >= at)
            return new ReportCaseResult.KnownAlready(known.At.Value);
        await WriteAsync(session, actor, input, at, now, ct);
        await ReportedOrder.FollowAsync(session, input.Shop, input.OrderNo, now, ct);
        await AuditTrail.AppendAsync(
            session, input.Shop, actor, now, "order.case-reported", $"order:{input.OrderNo}", new { purpose = input.Purpose.ToString(), at }, ct);
        await session.CommitAsync();
        return new ReportCaseResult.Reported(at);
    }

    private static IEnumerable<Problem> Problems(ReportCaseInput input, DateTimeOffset now)
    {
        if (!PurposePolicy.NeedsReport(input.Purpose))
            yield return Problem.Of("report-purpose", "purpose", ("value", input.Purpose.ToString()));
        if (input.Words?.Length > 500 || input.Item?.Length > 200)
            yield return Problem.Of("report-words-length", "words", ("allowed", input.Words?.Length > 500 ? "500" : "200"));
        if (input.At > now)
            yield return Problem.Of("report-in-future", "at", ("value", $"{input.At:u}"));
    }

    private static Task WriteAsync(Session session, Actor actor, ReportCaseInput input, DateTimeOffset at, DateTimeOffset now, CancellationToken ct) =>
        session.ExecuteAsync(
            $"""
            with reported as (
                update orders
                set {PurposePolicy.AgeColumn(input.Purpose)} = @at, {StillWithdrawn(input.Purpose)}, {WordsOf(input.Purpose)}, updated_at = @now
                where shop_id = @Shop and order_no = @OrderNo)
            insert into order_events (shop_id, order_no, at, kind, details)
            values (@Shop, @OrderNo, @now, 'Reported' || @purpose, jsonb_build_object('at', @at::timestamptz, 'actor', @actor::text))
            """,
            new
            {
                input.Shop,
                input.OrderNo,
                purpose = input.Purpose.ToString(),
                at,
                now,
                actor = actor.Name,
                words = CellText.Clean(input.Words) is { } words ? CellText.Storable(words) : null,
                item = CellText.Clean(input.Item) is { } item ? CellText.Storable(item) : null,
            },
            ct);

    /// <summary>Who reports by hand what was taken back knows better: the report stands.</summary>
    private static string StillWithdrawn(Purpose purpose) =>
        $"{PurposePolicy.WithdrawnColumn(purpose)} = case when {PurposePolicy.WithdrawnColumn(purpose)} < @at then {PurposePolicy.WithdrawnColumn(purpose)} end";

    private static string WordsOf(Purpose purpose) => purpose switch
    {
        Purpose.DeliveryProblem => "delivery_problem = @words",
        Purpose.OutOfStock => "out_of_stock_item = @item, out_of_stock_reason = @words",
        Purpose.RefundOrDispute => "refund_reason = @words",
        _ => "complaint_result = @words",
    };

    private sealed record Known(DateTimeOffset? At);
}

public abstract record ReportCaseResult
{
    private ReportCaseResult()
    {
    }

    public sealed record Reported(DateTimeOffset At) : ReportCaseResult;

    /// <summary>The same, or something later, stands there already.</summary>
    public sealed record KnownAlready(DateTimeOffset At) : ReportCaseResult;

    public sealed record NoSuchOrder : ReportCaseResult;
}
