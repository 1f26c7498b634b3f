using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace TwilioFake.Rest;

/// <summary>Answers as the API words them.</summary>
internal static class Answers
{
    /// <summary>A plus sign stays a plus sign.</summary>
    public static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IResult Json(JsonObject body, int status = StatusCodes.Status200OK) =>
        Results.Text(body.ToJsonString(Plain), "application/json; charset=utf-8", statusCode: status);

    public static IResult Created(JsonObject body) => Json(body, StatusCodes.Status201Created);

    public static IResult Refused(int code, string message, int status = StatusCodes.Status400BadRequest) => Json(Error(code, message, status), status);

    public static IResult NotFound(HttpContext http) =>
        Refused(20404, $"The requested resource {http.Request.Path} was not found", StatusCodes.Status404NotFound);

    public static JsonObject Error(int code, string message, int status) =>
        new() { ["code"] = code, ["message"] = message, ["more_info"] = $"https://www.twilio.com/docs/errors/{code}", ["status"] = status };

    /// <summary>One page of a list; the next page is named by the last item, so that new items do not shift it.</summary>
    public static IResult Page<T>(HttpContext http, string name, IReadOnlyList<T> items, Func<T, string> sid, Func<T, JsonObject> shape)
    {
        var request = http.Request;
        var size = Math.Clamp(int.TryParse(request.Query["PageSize"], out var wanted) ? wanted : 50, 1, 1000);
        var page = int.TryParse(request.Query["Page"], out var number) ? number : 0;
        var after = request.Query["PageToken"].ToString();
        var start = after.Length > 2 ? items.TakeWhile(item => sid(item) != after[2..]).Count() + 1 : page * size;
        var slice = items.Skip(start).Take(size).ToList();
        var more = items.Count > start + slice.Count;
        string Address(int nth, string? token)
        {
            var kept = request.Query.Where(pair => pair.Key is not ("Page" or "PageToken" or "PageSize")).SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value)));
            var query = kept.Append(new("PageSize", $"{size}")).Append(new("Page", $"{nth}"));
            return QueryHelpers.AddQueryString(request.Path, token is null ? query : query.Append(new("PageToken", token)));
        }
        return Json(new JsonObject
        {
            ["first_page_uri"] = Address(0, null),
            ["end"] = start + Math.Max(0, slice.Count - 1),
            ["next_page_uri"] = more ? Address(page + 1, "PA" + sid(slice[^1])) : null,
            ["previous_page_uri"] = page > 0 ? Address(page - 1, null) : null,
            ["page"] = page,
            ["page_size"] = size,
            ["start"] = start,
            ["uri"] = request.Path + request.QueryString,
            [name] = new JsonArray([.. slice.Select(shape)]),
        });
    }
}
