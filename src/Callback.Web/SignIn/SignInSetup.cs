using Callback.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.CookiePolicy;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Callback.Web.SignIn;

/// <summary>Sign-in of people (cookie) and programs (key): <c>AddPasswordHashes</c> for every verb; <c>AddSignIn</c>, <c>UseSignIn</c> after routing, <c>MapSignIn</c> for the screens.</summary>
internal static class SignInSetup
{
    public static IServiceCollection AddPasswordHashes(this IServiceCollection services) => services.AddSingleton<IPasswordHashes, IdentityPasswordHashes>();

    /// <summary>Every endpoint needs a signed-in user unless it says <c>AllowAnonymous</c>.</summary>
    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddScoped<CurrentActor>();
        services.AddScoped<PasswordSignIn>();
        services.AddScoped<PasswordChange>();
        services.AddSingleton<HashingQueue>();
        services.AddSingleton<CspReports>();
        services.AddHostedService<ShowSetUpCode>();
        services.AddIdentity();
        services.AddAuthentication(Schemes.ByPath)
            .AddPolicyScheme(Schemes.ByPath, null, scheme => scheme.ForwardDefaultSelector = Schemes.Choose)
            .AddScheme<AuthenticationSchemeOptions, SessionAuthentication>(Schemes.Session, null)
            .AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(Schemes.Key, null);
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddSingleton<IAuthorizationHandler, PermissionHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, OtherShopIsUnknown>();
        services.AddForms();
        services.AddRateLimits();
        return services;
    }

    /// <summary>Security headers, authentication, rate limits, authorization, antiforgery, in this order; after <c>UseRouting</c>.</summary>
    public static WebApplication UseSignIn(this WebApplication app)
    {
        if (app.Services.GetRequiredService<Surroundings>().Production)
            app.UseHsts();
        app.UseSecurityHeaders();
        app.UseOriginCheck();
        app.UseCookiePolicy(new() { Secure = CookieSecurePolicy.Always, HttpOnly = HttpOnlyPolicy.Always });
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseFormGuard();
        return app;
    }

    private static void AddIdentity(this IServiceCollection services)
    {
        services.AddIdentityCore<User>(identity => identity.User.AllowedUserNameCharacters = "").AddUserStore<AccountStore>();
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = IdentityPasswordHashes.Iterations);
    }

    private static void AddForms(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("callback");
        services.AddSingleton<FormKeys>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(keys => keys.XmlRepository = provider.GetRequiredService<FormKeys>()));
        // Antiforgery refuses to write a Secure cookie over plain HTTP, even on the machine itself; the cookie policy makes it Secure.
        services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = "__Host-callback-form";
            forms.Cookie.SecurePolicy = CookieSecurePolicy.None;
            forms.Cookie.SameSite = SameSiteMode.Strict;
            forms.Cookie.Path = "/";
            forms.HeaderName = "X-Callback-Form";
        });
    }
}
