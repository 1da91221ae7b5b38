using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace QuantumAiWorkflows.Storage.Migrations
{
    /// <inheritdoc />
    public partial class RecordedEntrants : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "Calibration",
                table: "jobs",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Calibration",
                table: "benchmarks",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Entrants",
                table: "benchmarks",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "ReplayOf",
                table: "benchmarks",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Calibration",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "Calibration",
                table: "benchmarks");

            migrationBuilder.DropColumn(
                name: "Entrants",
                table: "benchmarks");

            migrationBuilder.DropColumn(
                name: "ReplayOf",
                table: "benchmarks");
        }
    }
}
