using Callback.Accounts;
using Callback.Web.Localization;
using Microsoft.AspNetCore.Mvc;

namespace Callback.Web.Components.Layout;

/// <summary>Language, theme and shop, chosen in the frame of every page and kept in cookies.</summary>
internal static class Preferences
{
    public static void MapPreferences(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/preferences/language", ChooseLanguageAsync).AllowAnonymous();
        endpoints.MapPost("/preferences/theme", ChooseTheme).AllowAnonymous();
        endpoints.MapPost("/preferences/shop", ChooseShop);
    }

    private static async Task<IResult> ChooseLanguageAsync(
        HttpContext context, Viewer viewer, ChooseLanguage choose, [FromForm] string language, [FromForm] string? back, CancellationToken ct)
    {
        if (Language.Find(language) is not { } known)
            return Back(back);
        Cookies.Keep(context, Cookies.Language, known.Code);
        if (viewer.Actor?.UserId is { } user)
            await choose.RunAsync(user, known.Code, ct);
        return Back(back);
    }

    private static IResult ChooseTheme(HttpContext context, [FromForm] string theme, [FromForm] string? back)
    {
        if (theme is "light" or "dark" or "auto")
            Cookies.Keep(context, Cookies.Theme, theme);
        return Back(back);
    }

    /// <summary>The page of the other shop begins at its list: a row of the old shop does not exist there.</summary>
    private static IResult ChooseShop(HttpContext context, [FromForm] string shop, [FromForm] string? back)
    {
        if (ShopId.TryParse(shop, out var known))
            Cookies.Keep(context, CurrentShop.Cookie, known.Value);
        var section = Navigation.Groups.SelectMany(group => group.Items).FirstOrDefault(item => item.Holds(back ?? "/"));
        return Results.Redirect(section?.Path ?? "/");
    }

    /// <summary>Only into this site: an address that begins with one slash.</summary>
    private static IResult Back(string? path) =>
        Results.Redirect(path is ['/', ..] && path is not ['/', '/' or '\\', ..] && !path.Any(char.IsControl) ? path : "/");
}
