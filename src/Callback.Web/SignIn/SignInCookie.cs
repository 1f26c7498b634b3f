namespace Callback.Web.SignIn;

/// <summary>
/// The session's cookie. <c>__Host-</c> and Secure hold over plain HTTP on the machine itself too, since browsers trust the loopback address; over the network the program needs https.
/// </summary>
internal static class SignInCookie
{
    public const string Name = "__Host-callback";

    public static string? Read(HttpRequest request) => request.Cookies[Name];

    public static void Write(HttpResponse response, string token) => response.Cookies.Append(Name, token, Form());

    public static void Delete(HttpResponse response) => response.Cookies.Delete(Name, Form());

    private static CookieOptions Form() => new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true };
}
