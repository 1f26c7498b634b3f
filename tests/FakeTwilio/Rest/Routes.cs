namespace TwilioFake.Rest;

/// <summary>Routes without the framework's parameter binding, which would be compiled anew for each fake that a test starts.</summary>
internal static class Routes
{
    public static void On(this IEndpointRouteBuilder app, string verb, string pattern, Func<HttpContext, IResult> answer) =>
        app.MapMethods(pattern, [verb], (RequestDelegate)(http => answer(http).ExecuteAsync(http)));

    /// <summary>A part of the path.</summary>
    public static string Part(this HttpContext http, string name) => (string)http.Request.RouteValues[name]!;

    /// <summary>A value of the query, or null.</summary>
    public static string? Query(this HttpContext http, string key) => http.Request.Query[key].ToString() is { Length: > 0 } value ? value : null;
}
