using System.Globalization;
using Callback.Planning;
using Callback.Suppression;
using Callback.Web.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Callback.Web.Components.Suppressions;

/// <summary>A new entry as it was typed.</summary>
/// <param name="Expires">The last day on which it holds, in the shop's zone.</param>
public sealed record SuppressionForm(string? Scope, string? Value, string? Purpose, string? Reason, string? Expires, bool DoNotCall)
{
    internal static SuppressionForm Of(IFormCollection form) =>
        new(form["scope"], form["value"], form["purpose"], form["reason"], form["expires"], form["do_not_call"] == "true");
}

/// <summary>The forms of the suppressions' page.</summary>
internal static class SuppressionsEndpoints
{
    private const long LargestFile = 32L << 20;

    public static void MapSuppressions(this IEndpointRouteBuilder app)
    {
        var list = app.MapGroup("/suppressions").RequirePermission(Permission.EditSuppressions);
        list.MapPost("", AddAsync);
        list.MapPost("/find", FindAsync);
        list.MapPost("/{suppressionId:guid}/lift", LiftAsync);
        list.MapPost("/import", ImportAsync).WithMetadata(new RequestSizeLimitAttribute(LargestFile));
        list.MapPost("/export", ExportAsync);
    }

    private static async Task<IResult> AddAsync([FromForm] IFormCollection fields, HttpContext http, CurrentShop shop, AddSuppression add, CancellationToken ct)
    {
        var form = SuppressionForm.Of(fields);
        try
        {
            var input = new AddSuppressionInput(
                shop.Id,
                new SuppressionTarget.Written(Scope(form.Scope), form.Value ?? ""),
                Enum.TryParse<Purpose>(form.Purpose, out var purpose) ? purpose : null,
                form.Reason ?? "",
                SuppressionSource.Scheduler,
                EndOf(form.Expires, shop),
                form.DoNotCall);
            if (await add.RunAsync(http.GetActor(), input, ct))
                Flash.Success(http, "suppressions.added");
            else
                Flash.Warning(http, "suppressions.there-already");
            return Screen.SeeOther(http, shop.Link("/suppressions"));
        }
        catch (InvalidInputException wrong)
        {
            return Refused(new() { ["Problems"] = wrong.Problems, ["Typed"] = form });
        }
    }

    private static async Task<IResult> FindAsync(
        [FromForm] string? scope, [FromForm] string? value, HttpContext http, CurrentShop shop, ListSuppressions list, CancellationToken ct)
    {
        try
        {
            var found = await list.RunAsync(http.GetActor(), new(shop.Id, new SuppressionTarget.Written(Scope(scope), value ?? ""), Ended: true, Take: 200), ct);
            return Screen.Page<SuppressionsPage>(new Dictionary<string, object?> { ["Found"] = found, ["Scope"] = scope });
        }
        catch (InvalidInputException wrong)
        {
            return Refused(new() { ["FindProblems"] = wrong.Problems, ["Scope"] = scope, ["Value"] = value });
        }
    }

    private static async Task<IResult> LiftAsync(
        Guid suppressionId, HttpContext http, CurrentShop shop, LiftSuppression lift, [FromForm] IFormCollection _, CancellationToken ct)
    {
        if (await lift.RunAsync(http.GetActor(), new(shop.Id, suppressionId), ct) == LiftSuppressionResult.Lifted)
            Flash.Success(http, "suppressions.is-lifted");
        else
            Flash.Danger(http, "suppressions.not-lifted");
        return Screen.SeeOther(http, shop.Link("/suppressions"));
    }

    private static async Task<IResult> ImportAsync(
        IFormFile? file, [FromForm] string? reason, [FromForm] bool? do_not_call, HttpContext http, CurrentShop shop, ImportSuppressions import, CancellationToken ct)
    {
        try
        {
            if (file is null)
                throw new InvalidInputException(Problem.Of("value-missing", "file"));
            await using var stream = file.OpenReadStream();
            var result = await import.RunAsync(http.GetActor(), new(shop.Id, reason ?? "", do_not_call == true), stream, ct);
            return Screen.Page<SuppressionsPage>(new Dictionary<string, object?> { ["Imported"] = result });
        }
        catch (InvalidInputException wrong)
        {
            return Refused(new() { ["ImportProblems"] = wrong.Problems });
        }
    }

    private static async Task<IResult> ExportAsync(HttpContext http, CurrentShop shop, ExportSuppressions export, [FromForm] IFormCollection _, CancellationToken ct)
    {
        // The file is finished and audited before its first byte is sent; it has no name and is gone with its handle.
        var file = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            await export.RunAsync(http.GetActor(), shop.Id, file, ct);
            file.Position = 0;
            return Results.File(file, "text/csv", $"suppressions-{shop.Id}.csv");
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static IResult Refused(Dictionary<string, object?> parameters) =>
        Screen.Page<SuppressionsPage>(parameters, StatusCodes.Status422UnprocessableEntity);

    private static SuppressionScope Scope(string? text) => Enum.TryParse<SuppressionScope>(text, out var scope) ? scope : SuppressionScope.Phone;

    private static DateTimeOffset? EndOf(string? day, CurrentShop shop)
    {
        if (string.IsNullOrWhiteSpace(day))
            return null;
        return DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var last)
            ? ShopDayPolicy.Begins(last.AddDays(1), shop.Info!.Zone)
            : throw new InvalidInputException(Problem.Of("day-invalid", "expires", ("value", day)));
    }
}
