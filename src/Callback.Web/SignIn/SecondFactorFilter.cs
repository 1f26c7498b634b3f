using Callback.Web.Components;

namespace Callback.Web.SignIn;

/// <summary>For what lets data out (reveal, export): the second factor must have been proven in the last minutes, else the browser is led to prove it again.</summary>
internal static class SecondFactorFilter
{
    /// <param name="endpoint">A form's endpoint.</param>
    /// <param name="back">Where to go after the proof; by default the start page.</param>
    public static RouteHandlerBuilder RequireFreshSecondFactor(this RouteHandlerBuilder endpoint, string? back = null) => endpoint.AddEndpointFilter((invocation, next) =>
    {
        var context = invocation.HttpContext;
        if (context.RequestServices.GetRequiredService<CurrentActor>().IsSecondFactorFresh)
            return next(invocation);
        return ValueTask.FromResult<object?>(Screen.SeeOther(context, "/sign-in/code?return=" + Uri.EscapeDataString(back ?? "/")));
    });
}
