using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Callback.Web.Components;

/// <summary>How an endpoint answers with Razor: a part of a page for htmx, or a whole page (for example a form with what was wrong in it).</summary>
public static class Screen
{
    public static bool WantsFragment(this HttpRequest request) => request.Headers.ContainsKey("HX-Request") && !request.Headers.ContainsKey("HX-Boosted");

    /// <summary>The component alone, for htmx to put in its place.</summary>
    public static RazorComponentResult<TComponent> Fragment<TComponent>(object? parameters = null, int status = StatusCodes.Status200OK)
        where TComponent : IComponent =>
        new(parameters ?? new { }) { StatusCode = status, PreventStreamingRendering = true };

    /// <summary>The component as a whole page, in the layout; 422 is what a refused form is answered with.</summary>
    public static RazorComponentResult<App> Page<TPage>(IReadOnlyDictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
        where TPage : IComponent =>
        new(new Dictionary<string, object?> { [nameof(App.Page)] = typeof(TPage), [nameof(App.PageParameters)] = parameters })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };

    /// <summary>Sends the browser on after a form was taken; with htmx the whole page changes, not the part.</summary>
    public static IResult SeeOther(HttpContext context, string address)
    {
        if (!context.Request.WantsFragment())
            return Results.Redirect(address);
        context.Response.Headers["HX-Redirect"] = address;
        return Results.NoContent();
    }
}
