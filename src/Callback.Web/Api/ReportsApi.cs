using Callback.Orders;
using Callback.Web.SignIn;

namespace Callback.Web.Api;

/// <summary>Reports about orders over HTTP: what makes an order a case for a call beyond its status.</summary>
internal static class ReportsApi
{
    public static void MapReportsApi(this IEndpointRouteBuilder app)
    {
        var reports = app.MapGroup("/api/v1/shops/{shop}/orders/{orderNo}/reports/{purpose}").RequirePermission(Permission.ReportCases).WithTags("Orders");
        reports.MapPost("", ReportAsync)
            .WithName("ReportCase")
            .WithSummary("Reports a stuck parcel, missing stock, a refund asked for or a closed complaint. A report never goes back in time: an older one is a conflict.")
            .Produces<ReportAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        reports.MapPost("/withdraw", WithdrawAsync)
            .WithName("WithdrawReport")
            .WithSummary("Takes a report back, with a reason: no telling of that moment or of an earlier one makes the order a case again; a later one does.")
            .Produces<ReportAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> ReportAsync(string shop, string orderNo, Purpose purpose, ReportBody body, HttpContext http, ReportCase report, CancellationToken ct) =>
        OrderNo.TryParse(orderNo) is not { } number
            ? NoSuchOrder(orderNo)
            : await report.RunAsync(http.GetActor(), new(Shop(shop), number, purpose, body.Words, body.Item, body.At), ct) switch
            {
                ReportCaseResult.Reported reported => Results.Ok(new ReportAnswer(purpose, reported.At)),
                ReportCaseResult.KnownAlready known => Results.Problem($"This is known already, as of {known.At:O}.", statusCode: StatusCodes.Status409Conflict),
                _ => NoSuchOrder(orderNo),
            };

    private static async Task<IResult> WithdrawAsync(
        string shop, string orderNo, Purpose purpose, WithdrawBody body, HttpContext http, WithdrawReport withdraw, CancellationToken ct) =>
        OrderNo.TryParse(orderNo) is not { } number
            ? NoSuchOrder(orderNo)
            : await withdraw.RunAsync(http.GetActor(), new(Shop(shop), number, purpose, body.Reason ?? "", body.At), ct) switch
            {
                WithdrawReportResult.Withdrawn withdrawn => Results.Ok(new ReportAnswer(purpose, withdrawn.At)),
                WithdrawReportResult.NothingReported => Results.Problem("Nothing of the kind is reported (any more).", statusCode: StatusCodes.Status409Conflict),
                WithdrawReportResult.ReportedAgain again => Results.Problem($"It was reported again, as of {again.At:O}.", statusCode: StatusCodes.Status409Conflict),
                _ => NoSuchOrder(orderNo),
            };

    private static IResult NoSuchOrder(string orderNo) => Results.Problem($"There is no order '{orderNo}' in this shop.", statusCode: StatusCodes.Status404NotFound);

    private static ShopId Shop(string code) => ShopId.TryParse(code, out var shop) ? shop : throw new ShopUnknownException(shop);
}

/// <param name="Words">Last scan, why there is no stock, why the refund is asked for, how the complaint was settled; at most 500 characters.</param>
/// <param name="Item">What cannot be shipped, for OutOfStock only; at most 200 characters.</param>
/// <param name="At">When it happened; null: now.</param>
public sealed record ReportBody(string? Words = null, string? Item = null, DateTimeOffset? At = null);

/// <param name="Reason">Why it was none; at most 200 characters.</param>
/// <param name="At">The moment of the report that is meant; null: whichever stands.</param>
public sealed record WithdrawBody(string? Reason, DateTimeOffset? At = null);

/// <param name="At">The moment of the report.</param>
public sealed record ReportAnswer(Purpose Purpose, DateTimeOffset At);
