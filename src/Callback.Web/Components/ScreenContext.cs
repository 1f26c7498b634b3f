using Callback.Web.Localization;

namespace Callback.Web.Components;

/// <summary>What every page of this request looks like: language, theme, message. Filled by the middleware of <see cref="ScreensSetup"/>.</summary>
public sealed class ScreenContext
{
    public Language Language { get; internal set; } = Language.Chinese;

    /// <summary><c>light</c>, <c>dark</c>, or <c>auto</c> for what the machine is set to.</summary>
    public string Theme { get; internal set; } = "auto";

    public Flash? Flash { get; internal set; }

    /// <summary>The address without host, for links that come back here.</summary>
    public string Path { get; internal set; } = "/";

    internal void Read(HttpContext context, string? userLanguage)
    {
        var request = context.Request;
        Language = Language.Find(request.Cookies[Cookies.Language])
            ?? Language.Find(userLanguage)
            ?? Language.FromAcceptLanguage(request.Headers.AcceptLanguage);
        Theme = request.Cookies[Cookies.Theme] is "light" or "dark" ? request.Cookies[Cookies.Theme]! : "auto";
        Path = request.Path + request.QueryString;
    }
}
