using System.Security.Cryptography;
using System.Text;

namespace Callback.Database.Embedded;

/// <summary>Where the unix socket lies. The system allows 107 bytes for its path; a longer data folder gets a short folder of its own elsewhere, named in a file.</summary>
internal static class SocketFolder
{
    public const int Port = 5432;

    private const int LongestPath = 107;

    public static bool Fits(string folder) => Encoding.UTF8.GetByteCount(Path.Combine(folder, $".s.PGSQL.{Port}.lock")) <= LongestPath;

    /// <param name="wanted">The folder in the data folder, or of the setting.</param>
    /// <param name="note">The file that names the folder in use.</param>
    public static string Choose(string wanted, string note)
    {
        if (Fits(wanted))
            return wanted;
        var before = File.Exists(note) ? File.ReadAllText(note).Trim() : "";
        // A name nobody can guess, so that nobody can have made the folder before us.
        return Fits(before) && before.Length > 0 && Directory.Exists(before)
            ? before
            : Path.Combine(Path.GetTempPath().Length > 40 ? "/tmp" : Path.GetTempPath(), $"callback-{RandomNumberGenerator.GetHexString(12, lowercase: true)}");
    }
}
