using System.Globalization;
using System.Threading.RateLimiting;

namespace Callback.Web.SignIn;

/// <summary>The named limits for <c>.RequireRateLimiting(…)</c>; every request with a key is limited besides.</summary>
internal static class RateLimits
{
    public const string Tries = "tries";
    public const string Reveal = "reveal";
    public const string Export = "export";

    public static IServiceCollection AddRateLimits(this IServiceCollection services)
    {
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = async (rejected, _) =>
            {
                var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
                rejected.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                await Results.Problem("Too many requests; try again later.", statusCode: StatusCodes.Status429TooManyRequests).ExecuteAsync(rejected.HttpContext);
            };
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => context.FindSignedIn()?.KeyId is { } key
                ? PerMinute($"{key}", Options(context).KeyRequestsPerMinute)
                : RateLimitPartition.GetNoLimiter(""));
            limiter.AddPolicy(Tries, context => PerMinute(Network.Of(context), Options(context).TriesPerMinute));
            limiter.AddPolicy(Reveal, context => PerMinute(Who(context), Options(context).RevealsPerMinute));
            limiter.AddPolicy(Export, context => PerMinute(Who(context), Options(context).ExportsPerMinute));
        });
        return services;
    }

    private static SignInOptions Options(HttpContext context) => context.RequestServices.GetRequiredService<SignInOptions>();

    private static string Who(HttpContext context) => context.FindSignedIn() is { } signedIn ? $"{signedIn.Actor.UserId ?? signedIn.KeyId}" : Network.Of(context);

    private static RateLimitPartition<string> PerMinute(string subject, int limit) => RateLimitPartition.GetFixedWindowLimiter(
        subject, _ => new FixedWindowRateLimiterOptions { PermitLimit = limit, Window = TimeSpan.FromMinutes(1) });
}
