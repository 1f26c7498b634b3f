using System.Net.Http.Headers;
using Callback.Calls.Recordings;
using Callback.Web.SignIn;

namespace Callback.Web.Components.Log;

/// <summary>A recording's sound, from the provider through this server to a manager's player, in pieces where the player asks for pieces.</summary>
internal static class RecordingEndpoint
{
    public static void MapRecordings(this IEndpointRouteBuilder app) =>
        app.MapGet("/log/{attempt:guid}/recording", PlayAsync).RequirePermission(Permission.PlayRecordings);

    private static async Task PlayAsync(Guid attempt, string? recording, HttpContext http, CurrentShop shop, PlayRecording play, CancellationToken ct)
    {
        var (from, to) = RangeOf(http.Request);
        switch (await play.RunAsync(http.GetActor(), new(shop.Id, attempt, recording, from, to), ct))
        {
            case PlayedRecording.Playing(_, var sound):
                await using (sound)
                    await SendAsync(http.Response, sound, ct);
                return;
            case PlayedRecording.NotNow:
                http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            default:
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
        }
    }

    private static async Task SendAsync(HttpResponse response, Telephony.RecordingSound sound, CancellationToken ct)
    {
        response.ContentType = sound.ContentType;
        response.ContentLength = sound.Length;
        response.Headers.AcceptRanges = "bytes";
        if (sound.Range is { } range)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = range;
        }
        await sound.Content.CopyToAsync(response.Body, ct);
    }

    /// <summary>One range of bytes; a player asks for no more. What is not one is answered with the whole.</summary>
    private static (long? From, long? To) RangeOf(HttpRequest request) =>
        RangeHeaderValue.TryParse(request.Headers.Range.ToString(), out var range) && range is { Unit: "bytes", Ranges.Count: 1 } && range.Ranges.Single() is var one
            ? (one.From, one.To)
            : (null, null);
}
