using Callback.FollowUps.Registers;
using Callback.Web.Localization;
using Callback.Web.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Callback.Web.Components.Registers;

internal static class RegistersEndpoints
{
    public static void MapRegisters(this IEndpointRouteBuilder app) =>
        app.MapPost("/registers/export", ExportAsync)
            .RequirePermission(Permission.ExportLog)
            .RequireRateLimiting(RateLimits.Export)
            .RequireFreshSecondFactor("/registers");

    private static async Task<IResult> ExportAsync(
        [FromForm] string? reason, HttpContext http, CurrentShop shop, Fmt fmt, Texts texts, ExportRegister export, CancellationToken ct)
    {
        // The file is finished and audited before its first byte is sent; it has no name and is gone with its handle.
        var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            var address = RegisterAddress.Read(http.Request.Query, DateOnly.FromDateTime(fmt.Local(fmt.Now)));
            var exported = await export.RunAsync(http.GetActor(), new(shop.Id, address.Kind, address.Filter, reason ?? "", texts.Language.Code), file, ct);
            return Results.File(file, "text/csv", exported.FileName);
        }
        catch (InvalidInputException refused)
        {
            await file.DisposeAsync();
            Flash.Danger(http, "registers.refused", texts.Of(refused.Problems[0]));
            return Screen.SeeOther(http, shop.Link("/registers" + http.Request.QueryString));
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
