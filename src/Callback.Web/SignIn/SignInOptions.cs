using System.ComponentModel.DataAnnotations;

namespace Callback.Web.SignIn;

/// <summary>How often may be asked; beyond it the answer is 429 with Retry-After.</summary>
internal sealed class SignInOptions
{
    /// <summary>Requests a minute of one key, 60 to 1,000,000.</summary>
    [Range(60, 1_000_000)]
    public int KeyRequestsPerMinute { get; set; } = 6_000;

    /// <summary>Sign-ins, codes and set-ups a minute of one network address, 5 to 10,000. Guessing is slowed apart from this.</summary>
    [Range(5, 10_000)]
    public int TriesPerMinute { get; set; } = 60;

    /// <summary>Numbers a user may ask to see in a minute, 1 to 1,000.</summary>
    [Range(1, 1_000)]
    public int RevealsPerMinute { get; set; } = 10;

    /// <summary>Exports a user may start in a minute, 1 to 1,000.</summary>
    [Range(1, 1_000)]
    public int ExportsPerMinute { get; set; } = 6;
}
