using Callback.Accounts;
using Microsoft.AspNetCore.Authorization;

namespace Callback.Web.SignIn;

/// <summary>Sign-in of people (cookie) and programs (key): <c>AddSignIn</c>, then <c>UseSignIn</c> after routing, then <c>MapSignIn</c>.</summary>
public static class SignInSetup
{
    /// <summary>Every endpoint needs a signed-in user unless it says <c>AllowAnonymous</c>.</summary>
    public static IServiceCollection AddSignIn(this IServiceCollection services, SignInOptions options)
    {
        services.AddSingleton(options);
        services.AddHttpContextAccessor();
        services.AddScoped<CurrentActor>();
        services.AddSingleton<IPasswordHashes, IdentityPasswordHashes>();
        services.AddSingleton<IAuthorizationHandler, PermissionHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, OtherShopIsUnknown>();
        services.AddAntiforgery();
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return services;
    }

    /// <summary>Security headers, authentication, authorization, rate limits, antiforgery: in this order, after <c>UseRouting</c>.</summary>
    public static IApplicationBuilder UseSignIn(this IApplicationBuilder app) => app
        .UseAuthentication()
        .UseAuthorization()
        .UseAntiforgery();

    public static IEndpointRouteBuilder MapSignIn(this IEndpointRouteBuilder endpoints) => endpoints;
}
