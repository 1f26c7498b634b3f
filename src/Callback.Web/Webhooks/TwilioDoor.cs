using Callback.Telephony.Twilio;
using Microsoft.AspNetCore.Http.Features;

namespace Callback.Web.Webhooks;

/// <summary>
/// Where Twilio tells what happens. Address and signature are proven before anything else is done; then one row is stored and the answer given. What the row means is
/// worked on afterwards, so a slow answer never makes Twilio tell it again.
/// </summary>
internal static class TwilioDoor
{
    public const int LargestBody = 64 * 1024;

    private const int MostFields = 200;

    public static void MapWebhooks(this IEndpointRouteBuilder app) => app
        .MapPost(TwilioAddresses.Path + "/{shop}/{subject:guid}/{mark}/{kind}", TakeAsync)
        .AllowAnonymous()
        .DisableAntiforgery()
        .ExcludeFromDescription();

    private static async Task<IResult> TakeAsync(string shop, Guid subject, string mark, string kind, HttpContext http, InboxWriter inbox, DoorCounts counts, TimeProvider time)
    {
        if (http.RequestServices.GetService<TwilioAccount>() is not { } account)
            return Results.NotFound();
        var addresses = http.RequestServices.GetRequiredService<TwilioAddresses>();
        if (!ShopId.TryParse(shop, out var id) || TwilioAddresses.KindOf(kind) is not { } hook || !addresses.IsOurs(id, subject, hook, mark))
            return Refuse(counts, "address", StatusCodes.Status403Forbidden);
        var (form, refusal) = await FormAsync(http);
        if (form is null)
            return Refuse(counts, refusal!, refusal == "size" ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest);
        if (!TwilioSignature.Verify(account.SigningTokens, addresses.UrlOf(TargetOf(http)), form, http.Request.Headers[TwilioSignature.Header]))
            return Refuse(counts, "signature", StatusCodes.Status403Forbidden);
        if (form.Any(field => field.Key == "AccountSid" && field.Value != account.AccountSid))
            return Refuse(counts, "account", StatusCodes.Status403Forbidden);
        if (TwilioWebhook.Keep(id, subject, hook, form, time.GetUtcNow()) is not { } entry)
            return Refuse(counts, "form", StatusCodes.Status400BadRequest);
        if (await inbox.KeepAsync(entry, http.RequestAborted))
            return Results.NoContent();
        http.Response.Headers.RetryAfter = "2";
        return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Path and query as they were sent: the signature covers them letter by letter.</summary>
    private static string TargetOf(HttpContext http) => http.Features.Get<IHttpRequestFeature>()?.RawTarget is ['/', ..] raw ? raw : http.Request.Path + http.Request.QueryString;

    private static async Task<(IReadOnlyCollection<KeyValuePair<string, string>>? Form, string? Refusal)> FormAsync(HttpContext http)
    {
        if (http.Request.ContentLength > LargestBody)
            return (null, "size");
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = LargestBody;
        if (http.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
            return (null, "form");
        try
        {
            var options = new FormOptions { BufferBody = false, ValueCountLimit = MostFields, KeyLengthLimit = 200, ValueLengthLimit = LargestBody };
            var form = await new FormFeature(http.Request, options).ReadFormAsync(http.RequestAborted);
            return ([.. form.SelectMany(field => field.Value, (field, value) => KeyValuePair.Create(field.Key, value ?? ""))], null);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, "size");
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException or IOException)
        {
            return (null, "form");
        }
    }

    private static IResult Refuse(DoorCounts counts, string reason, int status)
    {
        counts.Refused(reason);
        return Results.StatusCode(status);
    }
}
