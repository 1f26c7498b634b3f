namespace Callback.Web.Hosting;

/// <summary>Finds the program's own folders, whether it was published or runs from the source tree.</summary>
internal static class Places
{
    /// <summary>The folder above <c>wwwroot</c>: beside the program when published, the project's folder in the source tree.</summary>
    public static string ContentRoot() =>
        Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot"))
            ? AppContext.BaseDirectory
            : Above(Path.Combine("src", "Callback.Web", "wwwroot")) is { } wwwroot ? Path.GetDirectoryName(wwwroot)! : AppContext.BaseDirectory;

    /// <summary>The configuration folder when none is named: <c>config</c> in the working folder, beside the program, or at the top of the source tree.</summary>
    public static string ConfigFolder() =>
        Directory.Exists("config") ? Path.GetFullPath("config") : Above("config") ?? Path.Combine(AppContext.BaseDirectory, "config");

    /// <summary>The nearest folder of that name at or above the program's folder.</summary>
    private static string? Above(string folder)
    {
        for (var here = new DirectoryInfo(AppContext.BaseDirectory); here is not null; here = here.Parent)
        {
            var candidate = Path.Combine(here.FullName, folder);
            if (Directory.Exists(candidate))
                return candidate;
        }
        return null;
    }
}
