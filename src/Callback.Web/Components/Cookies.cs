namespace Callback.Web.Components;

/// <summary>The shell's own cookies hold preferences and one message; nothing in them is trusted.</summary>
internal static class Cookies
{
    public const string Language = "callback-language";
    public const string Theme = "callback-theme";

    public static CookieOptions Options(HttpContext context, TimeSpan? keepFor = null) => new()
    {
        Path = "/",
        HttpOnly = true,
        Secure = context.Request.IsHttps,
        SameSite = SameSiteMode.Strict,
        IsEssential = true,
        MaxAge = keepFor,
    };

    public static void Keep(HttpContext context, string name, string value) =>
        context.Response.Cookies.Append(name, value, Options(context, TimeSpan.FromDays(365)));
}
