using System.Text;
using System.Text.Json;

namespace Callback.Web.Components;

/// <summary>What a message after a redirect is about, and so how it looks.</summary>
public enum FlashKind
{
    Success,
    Warning,
    Danger,
}

/// <summary>One sentence for the next page, after a form was taken and the browser sent on: <c>Flash.Success(context, "campaigns.saved")</c>.</summary>
/// <param name="Kind">Its colour and icon.</param>
/// <param name="Key">Its text; only texts of the program can be shown this way.</param>
/// <param name="Values">For {0}, {1} …</param>
public sealed record Flash(FlashKind Kind, string Key, IReadOnlyList<string> Values)
{
    private const string Cookie = "callback-flash";

    public static void Success(HttpContext context, string key, params IReadOnlyList<string> values) => Set(context, new(FlashKind.Success, key, values));

    public static void Warning(HttpContext context, string key, params IReadOnlyList<string> values) => Set(context, new(FlashKind.Warning, key, values));

    public static void Danger(HttpContext context, string key, params IReadOnlyList<string> values) => Set(context, new(FlashKind.Danger, key, values));

    /// <summary>Reads the message and forgets it; anything that is not one of ours is nothing.</summary>
    internal static Flash? Take(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { Length: > 0 } cookie)
            return null;
        context.Response.Cookies.Delete(Cookie, Cookies.Options(context));
        try
        {
            return JsonSerializer.Deserialize<Flash>(Convert.FromBase64String(cookie));
        }
        catch (Exception error) when (error is FormatException or JsonException)
        {
            return null;
        }
    }

    private static void Set(HttpContext context, Flash flash) =>
        context.Response.Cookies.Append(Cookie, Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(flash))), Cookies.Options(context));
}
