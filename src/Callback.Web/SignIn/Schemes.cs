namespace Callback.Web.SignIn;

/// <summary>The two ways in. The API takes keys only and the screens take sessions only, so no page of another site can ride on a cookie into the API.</summary>
internal static class Schemes
{
    public const string ByPath = "by-path";
    public const string Session = "session";
    public const string Key = "key";

    public static bool IsApi(PathString path) => path.StartsWithSegments("/api");

    public static string Choose(HttpContext context) => IsApi(context.Request.Path) ? Key : Session;
}
