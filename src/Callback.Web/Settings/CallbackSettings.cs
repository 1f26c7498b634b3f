using System.ComponentModel.DataAnnotations;
using Callback.Orders;
using Callback.Receivers;
using Callback.Web.SignIn;

namespace Callback.Web.Settings;

/// <summary>
/// All settings: <c>config/callback.yaml</c>, over it the environment (<c>CALLBACK__DATABASE__POOLSIZE=8</c>), over it the command line
/// (<c>--set database.poolSize=8</c>). A slice's options are a property here; the section is then a service of its own type.
/// Durations are written <c>00:05:00</c> (hours, minutes, seconds) or <c>1.00:00:00</c> (days first).
/// </summary>
internal sealed class CallbackSettings
{
    /// <summary>Development (default) or Production. Production refuses a moved clock and the policy <c>none</c>, and logs JSON.</summary>
    [AllowedValues("Development", "Production")]
    public string Environment { get; set; } = "Development";

    /// <summary>The folder the program writes to; by default <c>data</c> in the working folder.</summary>
    public string Data { get; set; } = "data";

    /// <summary>Where the program listens, as http://host:port, several with ';'.</summary>
    [Required]
    public string Urls { get; set; } = "http://127.0.0.1:8080";

    /// <summary>Starts the clock at this instant (2026-11-23T11:05:00+08:00), or <c>now</c> to set it right again. Refused in Production.</summary>
    public string? Clock { get; set; }

    public DatabaseOptions Database { get; set; } = new();

    public SignInOptions SignIn { get; set; } = new();

    public ImportOptions Import { get; set; } = new();

    public JobsOptions Jobs { get; set; } = new();

    public TelephonyOptions Telephony { get; set; } = new();

    public ReceiverOptions Receivers { get; set; } = new();

    public TelemetryOptions Telemetry { get; set; } = new();

    /// <summary>The sections, each a service.</summary>
    public IEnumerable<object> Sections() => GetType().GetProperties()
        .Where(property => property.PropertyType.Name.EndsWith("Options", StringComparison.Ordinal))
        .Select(property => property.GetValue(this)!);
}
