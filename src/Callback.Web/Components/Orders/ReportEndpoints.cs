using Callback.Orders;
using Callback.Web.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Callback.Web.Components.Orders;

/// <summary>A report as it was typed.</summary>
public sealed record ReportForm(string? Purpose, string? Item, string? Words)
{
    internal static ReportForm Of(IFormCollection form) => new(form["purpose"], form["item"], form["words"]);
}

/// <summary>The forms of an order's page that say what makes it a case for a call, and take that back.</summary>
internal static class ReportEndpoints
{
    public static void MapReports(this IEndpointRouteBuilder app)
    {
        app.MapPost("/orders/{number}/report", ReportAsync).RequirePermission(Permission.ReportCases);
        app.MapPost("/orders/{number}/report/{purpose}/withdraw", WithdrawAsync).RequirePermission(Permission.ReportCases);
    }

    private static async Task<IResult> ReportAsync(string number, [FromForm] IFormCollection fields, HttpContext http, CurrentShop shop, ReportCase report, CancellationToken ct)
    {
        var form = ReportForm.Of(fields);
        if (OrderNo.TryParse(number) is not { } orderNo || !Enum.TryParse<Purpose>(form.Purpose, out var purpose) || !Enum.IsDefined(purpose))
            return Results.NotFound();
        try
        {
            switch (await report.RunAsync(http.GetActor(), new ReportCaseInput(shop.Id, orderNo, purpose, form.Words, purpose == Purpose.OutOfStock ? form.Item : null), ct))
            {
                case ReportCaseResult.NoSuchOrder:
                    return Results.NotFound();
                case ReportCaseResult.KnownAlready:
                    Flash.Warning(http, "cases.known-already");
                    break;
                default:
                    Flash.Success(http, "cases.saved");
                    break;
            }
            return Screen.SeeOther(http, shop.Link($"/orders/{Uri.EscapeDataString(orderNo.Value)}"));
        }
        catch (InvalidInputException refused)
        {
            return Refused(orderNo, refused.Problems, form);
        }
    }

    private static async Task<IResult> WithdrawAsync(
        string number, Purpose purpose, [FromForm] string? reason, [FromForm] DateTimeOffset? at, HttpContext http, CurrentShop shop, WithdrawReport withdraw, CancellationToken ct)
    {
        if (OrderNo.TryParse(number) is not { } orderNo)
            return Results.NotFound();
        try
        {
            switch (await withdraw.RunAsync(http.GetActor(), new(shop.Id, orderNo, purpose, reason ?? "", at), ct))
            {
                case WithdrawReportResult.NoSuchOrder:
                    return Results.NotFound();
                case WithdrawReportResult.Withdrawn:
                    Flash.Success(http, "cases.withdrawn");
                    break;
                case WithdrawReportResult.ReportedAgain:
                    Flash.Warning(http, "cases.reported-again");
                    break;
                default:
                    Flash.Warning(http, "cases.withdrawn-already");
                    break;
            }
            return Screen.SeeOther(http, shop.Link($"/orders/{Uri.EscapeDataString(orderNo.Value)}"));
        }
        catch (InvalidInputException refused)
        {
            return Refused(orderNo, refused.Problems, form: null);
        }
    }

    private static IResult Refused(OrderNo orderNo, IReadOnlyList<Problem> problems, ReportForm? form) => Screen.Page<OrderDetailPage>(
        new Dictionary<string, object?> { ["Number"] = orderNo.Value, ["ReportProblems"] = problems, ["Report"] = form }, StatusCodes.Status422UnprocessableEntity);
}
