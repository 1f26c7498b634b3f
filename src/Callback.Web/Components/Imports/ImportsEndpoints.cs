using System.Globalization;
using Callback.Orders;
using Callback.Orders.Formats;
using Callback.Web.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Callback.Web.Components.Imports;

internal static class ImportsEndpoints
{
    /// <summary>A form is somewhat larger than its file.</summary>
    private const long FormOverhead = 64 * 1024;

    public static void MapImports(this IEndpointRouteBuilder app)
    {
        var most = app.ServiceProvider.GetRequiredService<ImportOptions>().MaxBytes + FormOverhead;
        app.MapPost("/imports", UploadAsync)
            .RequirePermission(Permission.ImportOrders)
            .WithFormOptions(multipartBodyLengthLimit: most)
            .WithMetadata(new RequestSizeLimitAttribute(most));
        app.MapGet("/imports/{importId:guid}/progress", ProgressAsync).RequirePermission(Permission.ImportOrders);
        app.MapGet("/imports/{importId:guid}/rejected.csv", RejectedAsync).RequirePermission(Permission.ImportOrders).RequireRateLimiting(RateLimits.Export);
    }

    private static async Task<IResult> UploadAsync(
        IFormFile? file, [FromForm] string? format, [FromForm] string? asOf, HttpContext http, CurrentShop shop, ImportOrders import, ImportUploads uploads,
        LocalToInstant toInstant, TimeProvider time, CancellationToken ct)
    {
        var problem = file is null or { Length: 0 } ? Problem.Of("import-empty", "file") : null;
        if (!TryReadAsOf(asOf, shop, toInstant, out var instant) || instant > time.GetUtcNow())
            problem ??= Problem.Of(ImportFailure.AsOfInFuture, "asOf", ("given", asOf ?? ""));
        if (problem is not null)
            return Screen.Page<ImportsPage>(
                new Dictionary<string, object?> { ["Problems"] = new[] { problem }, ["Format"] = format ?? OrderFormatBook.Auto, ["AsOf"] = asOf },
                StatusCodes.Status422UnprocessableEntity);
        var name = Path.GetFileName(file!.FileName.Replace('\\', '/'));
        var kept = await uploads.KeepAsync(file, ct);
        var importId = await import.BeginAsync(http.GetActor(), shop.Id, ImportSource.File, name, ct);
        uploads.Start(http.GetActor(), new(shop.Id, kept, name, string.IsNullOrEmpty(format) ? OrderFormatBook.Auto : format, instant, ImportId: importId));
        return Screen.SeeOther(http, shop.Link($"/imports/{importId}"));
    }

    private static bool TryReadAsOf(string? text, CurrentShop shop, LocalToInstant toInstant, out DateTimeOffset? instant)
    {
        instant = null;
        if (string.IsNullOrEmpty(text))
            return true;
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, out var local))
            return false;
        instant = toInstant(local, TimeZoneInfo.FindSystemTimeZoneById(shop.Info!.Zone));
        return true;
    }

    private static async Task<IResult> ProgressAsync(Guid importId, HttpContext http, CurrentShop shop, ImportQueries imports, CancellationToken ct)
    {
        if (await imports.FindAsync(http.GetActor(), shop.Id, importId, ct) is not { } import)
            return Results.NotFound();
        if (import.State != ImportState.Running)
            http.Response.Headers["HX-Refresh"] = "true";
        return Screen.Fragment<ImportProgress>(new { Import = import });
    }

    private static async Task<IResult> RejectedAsync(Guid importId, HttpContext http, CurrentShop shop, HandOutRejectedRows handOut, CancellationToken ct)
    {
        var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose);
        if (!await handOut.RunAsync(http.GetActor(), shop.Id, importId, file, ct))
        {
            await file.DisposeAsync();
            return Results.NotFound();
        }
        file.Position = 0;
        return Results.File(file, "text/csv", $"rejected-{importId:N}.csv");
    }
}
