using Callback.FollowUps.Export;
using Callback.FollowUps.Log;
using Callback.Web.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Callback.Web.Components.Log;

internal static class LogEndpoints
{
    public static void MapLog(this IEndpointRouteBuilder app)
    {
        app.MapPost("/log/phone", FindPhoneAsync).RequirePermission(Permission.ViewOwnLog);
        app.MapPost("/log/export", ExportAsync)
            .RequirePermission(Permission.ExportLog)
            .RequireRateLimiting(RateLimits.Export)
            .RequireFreshSecondFactor("/log/export");
    }

    private static async Task<IResult> FindPhoneAsync([FromForm] string phone, HttpContext http, CurrentShop shop, FindPhoneKey find, CancellationToken ct)
    {
        try
        {
            var key = await find.RunAsync(http.GetActor(), shop.Id, phone, ct);
            return Screen.SeeOther(http, shop.Link($"/log?person={key}"));
        }
        catch (InvalidInputException)
        {
            Flash.Danger(http, "log.phone-incomplete");
            return Screen.SeeOther(http, shop.Link("/log"));
        }
    }

    private static async Task<IResult> ExportAsync(
        [FromForm] string? reason, [FromForm] ExportFormat format, HttpContext http, CurrentShop shop, ScreenContext screen, ExportFollowUps export, CancellationToken ct)
    {
        // The file is finished and audited before its first byte is sent; it has no name and is gone with its handle.
        var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            var input = new ExportInput(shop.Id, LogAddress.Read(http.Request.Query).Filter(), format, reason ?? "", screen.Language.Code);
            var exported = await export.RunAsync(http.GetActor(), input, file, ct);
            return Results.File(file, format == ExportFormat.Csv ? "text/csv" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", exported.FileName);
        }
        catch (InvalidInputException refused)
        {
            await file.DisposeAsync();
            return Screen.Page<ExportPage>(
                new Dictionary<string, object?> { ["Problems"] = refused.Problems, ["Reason"] = reason, ["Format"] = format.ToString() }, StatusCodes.Status422UnprocessableEntity);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
